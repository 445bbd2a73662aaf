import type { Language } from "../visitor.ts";

/** What the account's own pages say; the extensions bring their own texts. */
export type Words = {
  orders: string;
  downloads: string;
  signIn: string;
  signInLead: string;
  email: string;
  continue: string;
  signOut: string;
  language: string;
  noOrders: string;
  noOrdersLead: string;
  shopNow: string;
  order: string;
  confirmed: string;
  confirmedLead: string;
  thanks: string;
  thanksNamed: string;
  updates: string;
  confirmation: string;
  orderDetails: string;
  contact: string;
  payment: string;
  summary: string;
  quantity: string;
  total: string;
  removed: string;
  placed: string;
  view: string;
  backToOrders: string;
  keepShopping: string;
  statuses: Record<"paid" | "pending" | "refunded" | "partially_refunded" | "canceled", string>;
};

export const words: Record<Language, Words> = {
  en: {
    orders: "Orders",
    downloads: "Downloads",
    signIn: "Sign in",
    signInLead: "Enter the email address you bought with. The sandbox sends no code: you are in at once.",
    email: "Email",
    continue: "Continue",
    signOut: "Sign out",
    language: "Language",
    noOrders: "No orders yet",
    noOrdersLead: "Go to the store to place an order.",
    shopNow: "Shop now",
    order: "Order",
    confirmed: "Your order is confirmed",
    confirmedLead: "You will get a confirmation email shortly.",
    thanks: "Thank you!",
    thanksNamed: "Thank you, {name}!",
    updates: "Payment is still pending. What you bought is released once it is paid.",
    confirmation: "Confirmation",
    orderDetails: "Order details",
    contact: "Contact",
    payment: "Payment",
    summary: "Order summary",
    quantity: "Quantity",
    total: "Total",
    removed: "removed",
    placed: "Placed on {date}",
    view: "View order",
    backToOrders: "Orders",
    keepShopping: "Continue shopping",
    statuses: {
      paid: "Paid",
      pending: "Payment pending",
      refunded: "Refunded",
      partially_refunded: "Partially refunded",
      canceled: "Canceled",
    },
  },
  de: {
    orders: "Bestellungen",
    downloads: "Downloads",
    signIn: "Anmelden",
    signInLead:
      "Geben Sie die E-Mail-Adresse ein, mit der Sie gekauft haben. Die Sandbox schickt keinen Code: Sie sind gleich angemeldet.",
    email: "E-Mail",
    continue: "Weiter",
    signOut: "Abmelden",
    language: "Sprache",
    noOrders: "Noch keine Bestellungen",
    noOrdersLead: "Im Shop können Sie etwas bestellen.",
    shopNow: "Zum Shop",
    order: "Bestellung",
    confirmed: "Ihre Bestellung ist bestätigt",
    confirmedLead: "Sie bekommen gleich eine Bestätigung per E-Mail.",
    thanks: "Vielen Dank!",
    thanksNamed: "Vielen Dank, {name}!",
    updates: "Die Zahlung steht noch aus. Was Sie gekauft haben, wird nach der Zahlung freigegeben.",
    confirmation: "Bestätigung",
    orderDetails: "Bestelldetails",
    contact: "Kontakt",
    payment: "Zahlung",
    summary: "Bestellübersicht",
    quantity: "Menge",
    total: "Gesamt",
    removed: "entfernt",
    placed: "Bestellt am {date}",
    view: "Bestellung ansehen",
    backToOrders: "Bestellungen",
    keepShopping: "Weiter einkaufen",
    statuses: {
      paid: "Bezahlt",
      pending: "Zahlung ausstehend",
      refunded: "Erstattet",
      partially_refunded: "Teilweise erstattet",
      canceled: "Storniert",
    },
  },
  fr: {
    orders: "Commandes",
    downloads: "Téléchargements",
    signIn: "Se connecter",
    signInLead:
      "Saisissez l’adresse e-mail de votre achat. La sandbox n’envoie pas de code : vous êtes connecté aussitôt.",
    email: "E-mail",
    continue: "Continuer",
    signOut: "Se déconnecter",
    language: "Langue",
    noOrders: "Aucune commande",
    noOrdersLead: "Rendez-vous dans la boutique pour commander.",
    shopNow: "Voir la boutique",
    order: "Commande",
    confirmed: "Votre commande est confirmée",
    confirmedLead: "Vous recevrez bientôt un e-mail de confirmation.",
    thanks: "Merci !",
    thanksNamed: "Merci, {name} !",
    updates: "Le paiement est en attente. Vos achats seront disponibles dès qu’il sera reçu.",
    confirmation: "Confirmation",
    orderDetails: "Détails de la commande",
    contact: "Coordonnées",
    payment: "Paiement",
    summary: "Récapitulatif",
    quantity: "Quantité",
    total: "Total",
    removed: "retiré",
    placed: "Passée le {date}",
    view: "Voir la commande",
    backToOrders: "Commandes",
    keepShopping: "Continuer mes achats",
    statuses: {
      paid: "Payée",
      pending: "Paiement en attente",
      refunded: "Remboursée",
      partially_refunded: "Partiellement remboursée",
      canceled: "Annulée",
    },
  },
  pl: {
    orders: "Zamówienia",
    downloads: "Pliki do pobrania",
    signIn: "Zaloguj się",
    signInLead: "Podaj adres e-mail użyty przy zakupie. Sandbox nie wysyła kodu: logujesz się od razu.",
    email: "E-mail",
    continue: "Dalej",
    signOut: "Wyloguj się",
    language: "Język",
    noOrders: "Brak zamówień",
    noOrdersLead: "Złóż zamówienie w sklepie.",
    shopNow: "Przejdź do sklepu",
    order: "Zamówienie",
    confirmed: "Zamówienie zostało potwierdzone",
    confirmedLead: "Wkrótce otrzymasz e-mail z potwierdzeniem.",
    thanks: "Dziękujemy!",
    thanksNamed: "Dziękujemy, {name}!",
    updates: "Płatność jest w toku. Zakupy udostępnimy po jej zaksięgowaniu.",
    confirmation: "Potwierdzenie",
    orderDetails: "Szczegóły zamówienia",
    contact: "Kontakt",
    payment: "Płatność",
    summary: "Podsumowanie",
    quantity: "Ilość",
    total: "Razem",
    removed: "usunięto",
    placed: "Złożone {date}",
    view: "Zobacz zamówienie",
    backToOrders: "Zamówienia",
    keepShopping: "Kontynuuj zakupy",
    statuses: {
      paid: "Opłacone",
      pending: "Oczekuje na płatność",
      refunded: "Zwrócono środki",
      partially_refunded: "Częściowy zwrot",
      canceled: "Anulowane",
    },
  },
  "zh-CN": {
    orders: "订单",
    downloads: "下载",
    signIn: "登录",
    signInLead: "请输入购买时使用的邮箱。沙盒不会发送验证码，您会立即登录。",
    email: "邮箱",
    continue: "继续",
    signOut: "退出登录",
    language: "语言",
    noOrders: "暂无订单",
    noOrdersLead: "前往商店下单。",
    shopNow: "去购物",
    order: "订单",
    confirmed: "您的订单已确认",
    confirmedLead: "您很快会收到确认邮件。",
    thanks: "谢谢！",
    thanksNamed: "{name}，谢谢您！",
    updates: "付款尚未完成。付款后即可获取您购买的内容。",
    confirmation: "确认号",
    orderDetails: "订单详情",
    contact: "联系方式",
    payment: "付款",
    summary: "订单摘要",
    quantity: "数量",
    total: "总计",
    removed: "已移除",
    placed: "下单日期：{date}",
    view: "查看订单",
    backToOrders: "订单",
    keepShopping: "继续购物",
    statuses: {
      paid: "已付款",
      pending: "待付款",
      refunded: "已退款",
      partially_refunded: "部分退款",
      canceled: "已取消",
    },
  },
};
