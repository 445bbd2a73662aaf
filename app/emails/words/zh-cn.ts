import type { Words } from "./words";

export const zhCn: Words = {
  kinds: {
    granted: {
      subject: "订单 {{ order.name }} 的下载内容",
      heading: "您的订单已准备就绪",
      intro:
        "感谢您在 {{ shop.name }} 的订单 {{ order.name }}。{% if keys_waiting > 0 %}已就绪的内容在您的专属页面上，其余内容随后送达。{% else %}其中的所有内容都在您的专属页面上。{% endif %}",
    },
    keys_arrived: {
      subject: "订单 {{ order.name }} 的许可证密钥已到",
      heading: "您的许可证密钥已到",
      intro: "您在 {{ shop.name }} 的订单 {{ order.name }} 所等待的密钥已到。感谢您的耐心等待。",
    },
    new_version: {
      subject: "订单 {{ order.name }} 有新版本",
      heading: "有新版本可用",
      intro: "{{ shop.name }} 为您在订单 {{ order.name }} 中购买的内容发布了新版本。",
    },
    fresh_link: {
      subject: "订单 {{ order.name }} 的新链接",
      heading: "这是您的新链接",
      intro: "您请求了 {{ shop.name }} 订单 {{ order.name }} 的新链接。如果不是您本人操作，请忽略此邮件。",
    },
  },
  button: "打开您的页面",
  help: "有疑问？请直接回复此邮件，或写信至 {address}。",
  validity: "您的页面开放至 {moment}（UTC）。之后，您可以在该页面获取新链接。",
  itemsHeading: "您购买的内容",
  version: "版本 {number}",
  isNew: "新",
  link: "链接",
  downloadsLeft: { other: "剩余 {count} 次下载" },
  noDownloadsLeft: "下载次数已用完",
  unlimited: "下载次数不限",
  streamOnly: "在您的页面上播放",
  until: "有效期至 {date}",
  keys: { other: "{count} 个密钥" },
  toCome: { other: "还有 {count} 个待发放" },
  keysAndToCome: "{keys}，{toCome}",
  willMail: { other: "另有 {count} 个密钥即将送达，届时我们会再次写信通知您。" },
  keysOnPage: "请在您的页面上查看",
  revealOnPage: "请在您的页面上点击“显示”查看密钥",
  moreKeys: { other: "另有 {count} 个密钥在您的页面上" },
  moreItems: { other: "另有 {count} 项内容在您的页面上。" },
  held: "暂缓发放，商店正在核查您的订单",
  notReady: "正在准备，稍后会出现在您的页面上",
  howTo: "使用方法",
  fallbackLink: "如果按钮无法使用，请打开此地址：",
  footer: "您收到此邮件，是因为您在 {shop} 下了订单。",
};
