/** One thing that a step asks for. */
export interface SetupField {
  name: string;
  label: string;
  /** `secret` is typed unseen and never shown again; `several` is a list, a line each or chosen. */
  kind: 'text' | 'secret' | 'choice' | 'several' | 'flag';
  /** What it is for, and how to find it. */
  hint: string;
  /** What stands there now, or is proposed; nothing for a secret. */
  value: string;
  /** What may be chosen, where that is known. */
  choices?: readonly { value: string; label: string; isChosen: boolean }[];
}

/** One step of setting an installation up. */
export interface SetupStep {
  id: string;
  title: string;
  /** What it is good for, in a sentence or two. */
  about: string;
  state: 'open' | 'done' | 'skipped';
  /** What it holds now, in a sentence. */
  standing: string;
  fields: readonly SetupField[];
  /** What the button that tries it says; null where there is nothing to try. */
  check: string | null;
}

/** What was typed into the fields of a step, by name. */
export type SetupValues = Readonly<Record<string, string | readonly string[]>>;

/** What came of trying a step. Nothing is kept of it. */
export interface SetupCheck {
  ok: boolean;
  /** In a sentence or two; no secret stands in it. */
  said: string;
  /** What may be chosen, once the other side has told it, by the name of the field. */
  choices?: Readonly<Record<string, readonly { value: string; label: string }[]>>;
}

/** What came of keeping a step. */
export interface SetupResult {
  said: string;
  /** Whether this process has to be started anew before it holds. */
  needsRestart: boolean;
}

/**
 * How an installation is set up, step by step: the program that runs the gateway knows its
 * configuration, the gateway only asks. All of it is for administrators.
 */
export interface SetupSteps {
  list(this: void): Promise<readonly SetupStep[]>;
  /** Tries what was typed, for real, and keeps nothing. @throws AdjutantError `NotFound`, `InvalidInput` */
  check(this: void, stepId: string, values: SetupValues): Promise<SetupCheck>;
  /** Keeps it: a secret in the stored secrets, the rest in the configuration. @throws AdjutantError as `check` */
  apply(this: void, stepId: string, values: SetupValues): Promise<SetupResult>;
  /** Leaves a step out, or takes that back; nothing else waits for it. @throws AdjutantError `NotFound` */
  skip(this: void, stepId: string, isSkipped: boolean): Promise<void>;
}
