/** What a merchant does once, told from facts: nobody ticks it by hand. */
export type SetupFacts = {
  hasAsset: boolean;
  hasAttachment: boolean;
  hasKeys: boolean;
  hasSupportAddress: boolean;
  hasGrant: boolean;
};

export type SetupStepName = "add_asset" | "attach" | "import_keys" | "set_sender" | "deliver";
export type SetupStep = { name: SetupStepName; isDone: boolean; isOptional: boolean };

export type SetupGuide = {
  steps: SetupStep[];
  done: number;
  /** Of so many: an optional step counts once it is done. */
  counted: number;
  /** What to do now; null when nothing is left but what is optional. */
  next: SetupStepName | null;
};

/** The steps in the order in which they make sense. */
export function setupGuide(facts: SetupFacts): SetupGuide {
  const steps: SetupStep[] = [
    { name: "add_asset", isDone: facts.hasAsset, isOptional: false },
    { name: "import_keys", isDone: facts.hasKeys, isOptional: true },
    { name: "attach", isDone: facts.hasAttachment, isOptional: false },
    { name: "set_sender", isDone: facts.hasSupportAddress, isOptional: false },
    { name: "deliver", isDone: facts.hasGrant, isOptional: false },
  ];
  return {
    steps,
    done: steps.filter((step) => step.isDone).length,
    counted: steps.filter((step) => step.isDone || !step.isOptional).length,
    next: steps.find((step) => !step.isDone && !step.isOptional)?.name ?? null,
  };
}
