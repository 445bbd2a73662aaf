import { documentOf, Frame } from "./document";
import type { NoticeView, Sheet } from "./page-view";

/** A page of a few words: what is the matter, and at most one thing to do. */
export function noticePage(view: NoticeView, status: number): Sheet {
  const html = (nonce: string) => documentOf(<NoticePage view={view} nonce={nonce} />);
  return { html, status, logoUrl: view.shop?.logoUrl ?? null, leadsAway: false };
}

function NoticePage({ view, nonce }: { view: NoticeView; nonce: string }) {
  const { shop, voice, heading, text, act, goesTo, back } = view;
  return (
    <Frame shop={shop} voice={voice} title={heading} nonce={nonce} goesTo={goesTo}>
      <div className="notice">
        <h1>{heading}</h1>
        <p>{text}</p>
        {act?.kind === "post" && (
          <form method="post" action={act.url}>
            <button type="submit">{act.label}</button>
          </form>
        )}
        {act?.kind === "link" && (
          <a className="button" href={act.url}>
            {act.label}
          </a>
        )}
      </div>
      {back && (
        <nav className="pages">
          <a href={back}>{voice.speak("back")}</a>
        </nav>
      )}
    </Frame>
  );
}
