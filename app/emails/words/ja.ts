import type { Words } from "./words";

export const ja: Words = {
  kinds: {
    granted: {
      subject: "ご注文 {{ order.name }} のダウンロード",
      heading: "ご注文の準備ができました",
      intro:
        "{{ shop.name }} でのご注文 {{ order.name }} ありがとうございます。{% if keys_waiting > 0 %}ご用意できたものはお客様専用ページにあり、残りは届き次第お知らせします。{% else %}ご購入の内容はすべてお客様専用ページにあります。{% endif %}",
    },
    keys_arrived: {
      subject: "ご注文 {{ order.name }} のライセンスキーが届きました",
      heading: "ライセンスキーが届きました",
      intro:
        "{{ shop.name }} でのご注文 {{ order.name }} でお待ちいただいていたキーが届きました。お待ちいただきありがとうございます。",
    },
    new_version: {
      subject: "ご注文 {{ order.name }} に新しいバージョンがあります",
      heading: "新しいバージョンがあります",
      intro: "ご注文 {{ order.name }} でご購入いただいた内容の新しいバージョンを {{ shop.name }} が公開しました。",
    },
    fresh_link: {
      subject: "ご注文 {{ order.name }} の新しいリンク",
      heading: "新しいリンクをお送りします",
      intro:
        "{{ shop.name }} でのご注文 {{ order.name }} の新しいリンクのご請求がありました。お心当たりがない場合は、このメールを無視してください。",
    },
  },
  button: "専用ページを開く",
  help: "ご質問は、このメールへの返信、または {address} までお願いいたします。",
  validity: "専用ページは {moment}（UTC）まで開けます。その後は、ページから新しいリンクをお送りします。",
  itemsHeading: "ご購入の内容",
  version: "バージョン {number}",
  isNew: "新着",
  link: "リンク",
  downloadsLeft: { other: "ダウンロード残り {count} 回" },
  noDownloadsLeft: "ダウンロード回数の上限に達しました",
  unlimited: "ダウンロード回数無制限",
  streamOnly: "専用ページで再生",
  until: "{date} まで",
  keys: { other: "キー {count} 個" },
  toCome: { other: "残り {count} 個は準備中" },
  keysAndToCome: "{keys}、{toCome}",
  willMail: { other: "残り {count} 個のキーを準備しています。届き次第、改めてメールでお知らせします。" },
  keysOnPage: "専用ページに表示されます",
  revealOnPage: "キーは専用ページの「表示」を押すとご覧いただけます",
  moreKeys: { other: "ほか {count} 個のキーは専用ページにあります" },
  moreItems: { other: "ほか {count} 点は専用ページにあります。" },
  held: "ショップがご注文を確認するまで保留中です",
  notReady: "準備中です。専用ページに表示されます",
  howTo: "使い方",
  fallbackLink: "ボタンが使えない場合は、次のアドレスを開いてください：",
  footer: "このメールは {shop} でご注文いただいた方にお送りしています。",
};
