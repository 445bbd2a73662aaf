import type { Words } from "./words";

export const fr: Words = {
  kinds: {
    granted: {
      subject: "Vos téléchargements pour la commande {{ order.name }}",
      heading: "Votre commande est prête",
      intro:
        "Merci pour votre commande {{ order.name }} chez {{ shop.name }}. {% if keys_waiting > 0 %}Ce qui est déjà prêt se trouve sur votre page ; le reste suivra.{% else %}Tout ce qu’elle comprend se trouve sur votre page.{% endif %}",
    },
    keys_arrived: {
      subject: "Vos clés de licence pour la commande {{ order.name }} sont arrivées",
      heading: "Vos clés de licence sont arrivées",
      intro: "Vous attendiez des clés pour la commande {{ order.name }} chez {{ shop.name }}. Merci de votre patience.",
    },
    new_version: {
      subject: "Une nouvelle version pour votre commande {{ order.name }}",
      heading: "Une nouvelle version est disponible",
      intro:
        "{{ shop.name }} a mis en ligne une nouvelle version d’un article acheté avec la commande {{ order.name }}.",
    },
    fresh_link: {
      subject: "Votre nouveau lien pour la commande {{ order.name }}",
      heading: "Voici votre nouveau lien",
      intro:
        "Vous avez demandé un nouveau lien pour la commande {{ order.name }} chez {{ shop.name }}. Si ce n’est pas le cas, ignorez ce message.",
    },
  },
  button: "Ouvrir votre page",
  help: "Des questions ? Répondez à ce message ou écrivez à {address}.",
  validity: "Votre page est ouverte jusqu’au {moment} (UTC). Ensuite, elle vous envoie un nouveau lien.",
  itemsHeading: "Ce que vous avez acheté",
  version: "Version {number}",
  isNew: "Nouveau",
  link: "Lien",
  downloadsLeft: {
    one: "{count} téléchargement restant",
    many: "{count} téléchargements restants",
    other: "{count} téléchargements restants",
  },
  noDownloadsLeft: "plus aucun téléchargement",
  unlimited: "téléchargements illimités",
  streamOnly: "à écouter ou à regarder sur votre page",
  until: "jusqu’au {date}",
  keys: { one: "{count} clé", many: "{count} clés", other: "{count} clés" },
  toCome: { one: "{count} à venir", many: "{count} à venir", other: "{count} à venir" },
  keysAndToCome: "{keys} et {toCome}",
  willMail: {
    one: "{count} autre clé arrive bientôt ; nous vous écrirons de nouveau.",
    many: "{count} d’autres clés arrivent bientôt ; nous vous écrirons de nouveau.",
    other: "{count} autres clés arrivent bientôt ; nous vous écrirons de nouveau.",
  },
  keysOnPage: "à voir sur votre page",
  revealOnPage: "pour voir vos clés, cliquez sur « Révéler » sur votre page",
  moreKeys: {
    one: "et {count} autre clé sur votre page",
    many: "et {count} autres clés sur votre page",
    other: "et {count} autres clés sur votre page",
  },
  moreItems: {
    one: "Et {count} autre article sur votre page.",
    many: "Et {count} autres articles sur votre page.",
    other: "Et {count} autres articles sur votre page.",
  },
  held: "en attente, le temps que la boutique vérifie votre commande",
  notReady: "en préparation, bientôt sur votre page",
  howTo: "Mode d’emploi",
  fallbackLink: "Si le bouton ne fonctionne pas, ouvrez cette adresse :",
  footer: "Vous recevez ce message parce que vous avez commandé chez {shop}.",
};
