import { demoCatalog, demoDomain, demoShopNumber, firstFreeNumber, newShop } from "./demo-catalog.ts";
import { digitsOf } from "./identifiers.ts";
import type { Journal } from "./journal.ts";
import type { Customer, Order, Product, Shop, Variant } from "./model.ts";
import { nowToTheSecond } from "./moments.ts";

/** Ids given out after the last write before a kill are skipped at the next start. */
const skippedAtStart = 10_000;

/** All shops and what is in them, found by id, and kept in the journal. */
export class ShopData {
  readonly #journal: Journal;
  readonly #shops = new Map<string, Shop>();
  readonly #products = new Map<string, Product>();
  readonly #variants = new Map<string, { product: Product; variant: Variant }>();
  readonly #customers = new Map<string, Customer>();
  readonly #customersByContact = new Map<string, Customer>();
  readonly #orders = new Map<string, Order>();
  readonly #ordersByToken = new Map<string, Order>();
  readonly #ordersOfShop = new Map<string, Order[]>();
  readonly #counter: { lastNumber: number };

  constructor(journal: Journal, demoShop: string) {
    this.#journal = journal;
    const [saved] = journal.list<{ lastNumber: number }>("counter");
    this.#counter = { lastNumber: saved ? saved.lastNumber + skippedAtStart : firstFreeNumber };
    for (const shop of journal.list<Shop>("shop")) this.#shops.set(shop.domain, shop);
    for (const product of journal.list<Product>("product")) this.#indexProduct(product);
    for (const customer of journal.list<Customer>("customer")) this.#indexCustomer(customer);
    for (const order of journal.list<Order>("order")) this.#indexOrder(order);
    this.#seed(demoShop);
  }

  nextNumber = (): number => {
    this.#counter.lastNumber++;
    this.#journal.put("counter", "ids", this.#counter);
    return this.#counter.lastNumber;
  };

  nextOrderNumber(shop: string): number {
    return (this.#ordersOfShop.get(shop)?.at(-1)?.number ?? 1000) + 1;
  }

  shops(): Shop[] {
    return [...this.#shops.values()];
  }

  findShop(domain: string): Shop | null {
    return this.#shops.get(domain.trim().toLowerCase()) ?? null;
  }

  products(shop: string): Product[] {
    return [...this.#products.values()].filter((product) => product.shop === shop);
  }

  findProduct(id: string | number, shop: string): Product | null {
    return inShop(this.#products.get(digitsOf(id) ?? ""), shop);
  }

  findVariant(id: string | number, shop: string): { product: Product; variant: Variant } | null {
    const found = this.#variants.get(digitsOf(id) ?? "");
    return found && found.product.shop === shop ? found : null;
  }

  customers(shop: string): Customer[] {
    return [...this.#customers.values()].filter((customer) => customer.shop === shop);
  }

  findCustomer(key: string | number, shop: string): Customer | null {
    const byContact = this.#customersByContact.get(contactKey(shop, String(key)));
    return byContact ?? this.#customers.get(`${shop} ${digitsOf(key)}`) ?? null;
  }

  /** newest first */
  orders(shop: string): Order[] {
    return (this.#ordersOfShop.get(shop) ?? []).toReversed();
  }

  findOrder(id: string | number, shop: string): Order | null {
    return inShop(this.#orders.get(digitsOf(id) ?? ""), shop);
  }

  findOrderByToken(token: string, shop: string): Order | null {
    return inShop(this.#ordersByToken.get(token), shop);
  }

  saveShop(shop: Shop) {
    this.#shops.set(shop.domain, shop);
    this.#journal.put("shop", shop.domain, shop);
  }

  saveProduct(product: Product) {
    this.#indexProduct(product);
    this.#journal.put("product", product.id, product);
  }

  saveCustomer(customer: Customer) {
    this.#indexCustomer(customer);
    this.#journal.put("customer", `${customer.shop} ${customer.id}`, customer);
  }

  saveOrder(order: Order) {
    this.#indexOrder(order);
    this.#journal.put("order", order.id, order);
  }

  #seed(demoShop: string) {
    if (this.#shops.has(demoShop)) return;
    this.saveShop(newShop(demoShop, demoShopNumber, nowToTheSecond()));
    if (demoShop === demoDomain) for (const product of demoCatalog()) this.saveProduct(product);
  }

  #indexProduct(product: Product) {
    this.#products.set(digitsOf(product.id) ?? "", product);
    for (const variant of product.variants) this.#variants.set(digitsOf(variant.id) ?? "", { product, variant });
  }

  #indexCustomer(customer: Customer) {
    this.#customers.set(`${customer.shop} ${digitsOf(customer.id)}`, customer);
    for (const contact of [customer.email, customer.phone]) {
      if (contact) this.#customersByContact.set(contactKey(customer.shop, contact), customer);
    }
  }

  #indexOrder(order: Order) {
    const digits = digitsOf(order.id) ?? "";
    if (this.#orders.has(digits)) return;
    this.#orders.set(digits, order);
    this.#ordersByToken.set(order.checkoutToken, order).set(order.token, order);
    const ofShop = this.#ordersOfShop.get(order.shop) ?? [];
    ofShop.push(order);
    this.#ordersOfShop.set(order.shop, ofShop);
  }
}

function inShop<Row extends { shop: string }>(row: Row | undefined, shop: string): Row | null {
  return row && row.shop === shop ? row : null;
}

function contactKey(shop: string, contact: string) {
  return `${shop} ${contact.trim().toLowerCase()}`;
}
