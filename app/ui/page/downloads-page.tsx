import type { PageOrder } from "~/domain/page/page";
import { AssetCard } from "./asset-card";
import { documentOf, Frame } from "./document";
import { dayAndTime } from "./format";
import { KeysCard } from "./keys-card";
import type { DownloadsView, Sheet } from "./page-view";

/** Everything that an order, or several, gave. */
export function downloadsPage(view: DownloadsView, status = 200): Sheet {
  const items = view.orders.flatMap((order) => order.items);
  return {
    html: (nonce) => documentOf(<DownloadsPage view={view} nonce={nonce} />),
    status,
    logoUrl: view.shop.logoUrl,
    leadsAway: items.some(({ kind }) => kind === "link"),
  };
}

function DownloadsPage({ view, nonce }: { view: DownloadsView; nonce: string }) {
  const { shop, voice, orders, addresses, openUntil, alert, done, pages } = view;
  const { speak, language } = voice;
  const [only, ...others] = orders;
  const isOne = only !== undefined && others.length === 0 && openUntil !== null;
  const validity = openUntil && <p>{speak("openUntil", { moment: dayAndTime(language, openUntil) })}</p>;

  return (
    <Frame shop={shop} voice={voice} title={speak("title")} nonce={nonce} seenUrl={addresses.seen} foot={validity}>
      <h1>{speak("title")}</h1>
      {isOne && <p className="order-name">{speak("order", { order: only.name })}</p>}
      {done && (
        <p className="alert alert-done" role="status">
          {done}
        </p>
      )}
      {alert && (
        <p className="alert" role="alert">
          {alert}
        </p>
      )}
      {orders.length === 0 && <p className="order-name">{speak("emptyAll")}</p>}
      {orders.map((order) => (
        <OrderSection key={order.id} order={order} view={view} hasHeading={!isOne} />
      ))}
      {(pages.newest ?? pages.earlier) && (
        <nav className="pages">
          {pages.newest && <a href={pages.newest}>{speak("newestOrders")}</a>}
          {pages.earlier && <a href={pages.earlier}>{speak("earlierOrders")}</a>}
        </nav>
      )}
    </Frame>
  );
}

function OrderSection({ order, view, hasHeading }: { order: PageOrder; view: DownloadsView; hasHeading: boolean }) {
  const { voice, addresses } = view;
  return (
    <section className="order">
      <h2 className={hasHeading ? "order-heading" : "apart"}>{voice.speak("order", { order: order.name })}</h2>
      {order.items.length === 0 && <p className="note">{voice.speak("empty")}</p>}
      <ul className="items">
        {order.items.map((item) =>
          item.kind === "keys" ? (
            <KeysCard key={item.id} keys={item} voice={voice} addresses={addresses} />
          ) : (
            <AssetCard key={item.grantId} asset={item} voice={voice} addresses={addresses} />
          ),
        )}
      </ul>
    </section>
  );
}
