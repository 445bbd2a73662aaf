import {
  Tag,
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from "liquidjs";

/**
 * What the tags of our own leave in a rendered body, for the mail's HTML and text to put their parts there.
 * What a message tells of never holds these characters.
 */
export const markers = { button: /\u0001([^\u0001-\u0003]*)\u0002/g, items: /\u0003/g };

/** `{% button %}Open your downloads{% endbutton %}`: a button that leads to the page. */
export class ButtonTag extends Tag {
  private readonly templates: Template[] = [];

  constructor(token: TagToken, remainTokens: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remainTokens, liquid);
    const stream = parser
      .parseStream(remainTokens)
      .on("tag:endbutton", () => stream.stop())
      .on("template", (template: Template) => void this.templates.push(template))
      .on("end", () => {
        throw new Error(`tag ${token.getText()} not closed`);
      });
    stream.start();
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
    const label = yield this.liquid.renderer.renderTemplates(this.templates, context);
    emitter.write(`\u0001${label.replaceAll(/[\u0001-\u0003]/g, "")}\u0002`);
  }

  *children(): Generator<unknown, Template[]> {
    return this.templates;
  }
}

/** `{% items %}`: the list of what the order gave, as it looks best in mail programs. */
export class ItemsTag extends Tag {
  render(_context: Context, emitter: Emitter): void {
    emitter.write("\u0003");
  }
}
