/** What the app's frame and the admin around it say to each other with postMessage. */

export type NavLink = { href: string; text: string; home: boolean };

export type BarButton = { disabled: boolean; loading: boolean; text: string };

export type SaveBarState = { save: BarButton; discard: BarButton; discardConfirmation: boolean } | null;

export type TitleButton = {
  id: string;
  text: string;
  primary: boolean;
  critical: boolean;
  disabled: boolean;
  loading: boolean;
};

export type TitleBarState = { title: string; breadcrumb: TitleButton | null; buttons: TitleButton[] } | null;

export type ToastRequest = { id: string; message: string; isError: boolean; durationMs: number; action: string | null };

export type PickerRequest = {
  type: "product" | "variant";
  action: "add" | "select";
  multiple: boolean | number;
  query: string;
  filterQuery: string;
  showVariants: boolean;
  selectionIds: { id: string; variants?: { id: string }[] }[];
};

/** What the frame tells. `bridge` marks a message as one of these. */
export type FromApp =
  | { type: "location"; path: string; title: string }
  | { type: "navigation"; links: NavLink[] }
  | { type: "titleBar"; state: TitleBarState }
  | { type: "saveBar"; state: SaveBarState }
  | { type: "toast"; toast: ToastRequest }
  | { type: "hideToast"; id: string }
  | { type: "loading"; isLoading: boolean }
  | { type: "leaveTo"; href: string }
  | { type: "overlay"; isOpen: boolean };

/** What the frame asks and awaits. */
export type Questions = {
  idToken: { question: null; answer: string };
  scopes: { question: null; answer: string[] };
  resourcePicker: { question: PickerRequest; answer: { id: string }[] | null };
  leaveConfirmation: { question: null; answer: boolean };
};

export type QuestionName = keyof Questions;

/** What the admin tells the frame. */
export type FromAdmin =
  | { type: "navigate"; path: string }
  | { type: "saveBarButton"; button: "save" | "discard" }
  | { type: "titleBarButton"; id: string }
  | { type: "toastAction"; id: string; outcome: "action" | "dismiss" };

export type AppMessage =
  { bridge: 1; tell: FromApp } | { bridge: 1; ask: QuestionName; question: unknown; questionId: number };

export type AdminMessage =
  | { bridge: 1; tell: FromAdmin }
  | { bridge: 1; questionId: number; answer: unknown }
  | { bridge: 1; questionId: number; error: string };
