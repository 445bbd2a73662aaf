export { createAsset } from "./create-asset";
export { createAttachment } from "./create-attachment";
export { createDelivery } from "./create-delivery";
export { createGrant } from "./create-grant";
export { createOrder } from "./create-order";
export { createPool } from "./create-pool";
export { createShop } from "./create-shop";
export { openConnections } from "./open-connections";
