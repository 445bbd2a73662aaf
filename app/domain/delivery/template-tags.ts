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
 * They are characters for private use, which what a message tells of never holds.
 */
export const markers = {
  any: /[\ue001-\ue003]/g,
  button: /\ue001([^\ue001-\ue003]*)\ue002/g,
  items: /\ue003/g,
};

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
    emitter.write(`\ue001${label.replaceAll(markers.any, "")}\ue002`);
  }

  *children(): Generator<unknown, Template[]> {
    yield; // the engine wants a generator, and waits for nothing
    return this.templates;
  }
}

/** `{% items %}`: the list of what the order gave, as it looks best in mail programs. */
export class ItemsTag extends Tag {
  render(_context: Context, emitter: Emitter): void {
    emitter.write("\ue003");
  }
}
