import type { Words } from "./words";

export const en: Words = {
  kinds: {
    granted: {
      subject: "Your downloads for order {{ order.name }}",
      heading: "Your order is ready",
      intro:
        "Thank you for order {{ order.name }} from {{ shop.name }}. {% if keys_waiting > 0 %}What is there already is on your page, and the rest follows.{% else %}Everything that came with it is on your page.{% endif %}",
    },
    keys_arrived: {
      subject: "Your license keys for order {{ order.name }} are here",
      heading: "Your license keys are here",
      intro: "You waited for keys of order {{ order.name }} from {{ shop.name }}. Thank you for your patience.",
    },
    new_version: {
      subject: "A new version for your order {{ order.name }}",
      heading: "There is a new version",
      intro: "{{ shop.name }} has put up a new version of something you bought with order {{ order.name }}.",
    },
    fresh_link: {
      subject: "Your new link for order {{ order.name }}",
      heading: "Here is your new link",
      intro:
        "You asked for a new link to order {{ order.name }} from {{ shop.name }}. If you did not, you can ignore this.",
    },
  },
  button: "Open your page",
  help: "Questions? Reply to this message or write to {address}.",
  validity: "Your page is open until {moment} (UTC). After that, it sends you a new link.",
  itemsHeading: "What you bought",
  version: "Version {number}",
  isNew: "New",
  link: "Link",
  downloadsLeft: { one: "{count} download left", other: "{count} downloads left" },
  noDownloadsLeft: "No downloads left",
  unlimited: "Unlimited downloads",
  streamOnly: "Plays on your page",
  until: "until {date}",
  keys: { one: "{count} key", other: "{count} keys" },
  toCome: { one: "{count} to come", other: "{count} to come" },
  keysAndToCome: "{keys} and {toCome}",
  willMail: {
    one: "{count} more key is on its way; we will write again.",
    other: "{count} more keys are on their way; we will write again.",
  },
  keysOnPage: "Shown on your page",
  revealOnPage: "Press “Reveal” on your page to see your keys",
  moreKeys: { one: "and {count} more key on your page", other: "and {count} more keys on your page" },
  moreItems: { one: "And {count} more item on your page.", other: "And {count} more items on your page." },
  held: "On hold while the shop checks your order",
  notReady: "Being prepared; it will be on your page",
  howTo: "How to use it",
  fallbackLink: "If the button does not work, open this address:",
  footer: "You get this message because you ordered from {shop}.",
};
