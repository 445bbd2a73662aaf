type SignalClass = new (value: unknown) => {
  value: unknown;
  subscribe(listener: (value: unknown) => void): () => void;
};

/** A signal as extensions see it: `current` and `destroy` are the older names that 2026-07 still has. */
export type HostSignal = {
  readonly value: unknown;
  readonly current: unknown;
  subscribe(listener: (value: unknown) => void): () => void;
  destroy(): Promise<void>;
};

/**
 * Signals that become those of the extension's own library once it names it, so that its components draw again when
 * one changes.
 */
export function createSignals(): { signal(value: unknown): HostSignal; setSignals(library: SignalClass): void } {
  let Library: SignalClass | null = null;

  return {
    setSignals(library) {
      Library = library;
    },
    signal(value) {
      let inner: InstanceType<SignalClass> | null = null;
      const real = () => (inner ??= Library && new Library(value));
      return {
        get value() {
          return real()?.value ?? value;
        },
        get current() {
          return real()?.value ?? value;
        },
        subscribe(listener) {
          const signal = real();
          if (signal) return signal.subscribe(listener);
          listener(value);
          return () => undefined;
        },
        destroy: async () => undefined,
      };
    },
  };
}
