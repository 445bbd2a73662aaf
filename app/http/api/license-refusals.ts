import type { ActivationRefusal } from "~/domain/activation/activate.server";
import type { DeactivationRefusal } from "~/domain/activation/deactivate.server";

type Told = Exclude<ActivationRefusal | DeactivationRefusal, "unknown_key">;

/** What the person in front of the software is told. */
export const licenseRefusals: Record<Told, { status: 404 | 409; message: string }> = {
  wrong_product: { status: 409, message: "This license key is for another product." },
  revoked: { status: 409, message: "This license was taken back. Contact the shop if you think that is wrong." },
  disabled: { status: 409, message: "The shop has disabled this license. Contact the shop." },
  held: { status: 409, message: "The order of this license is being checked. Try again once that is done." },
  expired: { status: 409, message: "This license has ended. Contact the shop to renew it." },
  blocked: { status: 409, message: "The shop has blocked this machine. Contact the shop." },
  suspended: { status: 409, message: "The shop has suspended this machine. Contact the shop." },
  limit_reached: {
    status: 409,
    message: "Every place of this license is taken. Free one on another machine, or on the page of your order.",
  },
  not_activated: { status: 404, message: "This license is not activated on this machine." },
};
