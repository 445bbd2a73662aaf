import type { RequestListener } from "node:http";

const page = `<!doctype html><html lang="en"><head><title>Assets</title>
<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" data-api-key="key"></script></head><body>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/assets">Assets</a><a href="/app/pools">License keys</a></ui-nav-menu>
<ui-title-bar title="Assets"><button variant="primary" onclick="say('uploading')">Upload</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" onclick="say('saved')">Save</button><button onclick="say('discarded')">Discard</button></ui-save-bar>
<ui-modal id="modal"><div>Really?</div><ui-title-bar title="Delete"><button variant="primary" onclick="say('deleted')">Delete it</button></ui-title-bar></ui-modal>
<h1 id="here"></h1><p id="said"></p>
<button onclick="fetch('/app/data').then((answer) => answer.text()).then(say)">Load</button>
<button onclick="shopify.saveBar.show('bar')">Change</button>
<button onclick="shopify.toast.show('All good')">Toast</button>
<button onclick="shopify.modal.show('modal')">Ask</button>
<button onclick="pick({ type: 'product', multiple: true, selectionIds: window.before ?? [] })">Pick products</button>
<button onclick="pick({ type: 'variant' })">Pick a variant</button>
<form data-save-bar onsubmit="event.preventDefault(); say('sent ' + this.name_.value)"><input name="name_" value="old" aria-label="Name"></form>
<script>
const say = (text) => { said.textContent = text; };
const pick = async (options) => { const picked = await shopify.resourcePicker(options); say(JSON.stringify(picked && picked.map((one) => [one.title, (one.variants ?? []).map((variant) => variant.title)]))); };
here.textContent = location.pathname;
addEventListener("shopify:navigate", (event) => { history.pushState(null, "", event.target.getAttribute("href")); here.textContent = location.pathname; });
</script></body></html>`;

/** An app of one page, with a bit of everything that App Bridge does; it refuses its first token, as after a restart. */
export function bridgedApp(): RequestListener {
  let calls = 0;
  return (request, response) => {
    request.resume();
    const url = new URL(request.url ?? "/", "http://app");
    if (url.pathname === "/app/data") {
      calls++;
      if (calls === 1) response.writeHead(401, { "X-Shopify-Retry-Invalid-Session-Request": "1" }).end();
      else response.end(`call ${calls} with ${request.headers.authorization?.split(".").length} parts`);
    } else {
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", "frame-ancestors https://admin.shopify.com");
      response.end(page);
    }
  };
}
