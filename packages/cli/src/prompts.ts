export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

/** Questions to a person. Each resolves to null when the person cancels. */
export interface Prompts {
  note(text: string): void;
  /** Prints lines as they are: whole, for somebody who is to agree to them. */
  show(text: string): void;
  confirm(question: { message: string; initial: boolean }): Promise<boolean | null>;
  text(question: { message: string; initial: string }): Promise<string | null>;
  choose<Value extends string>(question: {
    message: string;
    choices: readonly Choice<Value>[];
  }): Promise<Value | null>;
  /** Offers what is `initial` as chosen already; choosing nothing is an answer too. */
  chooseSeveral<Value extends string>(question: {
    message: string;
    choices: readonly Choice<Value>[];
    initial: readonly Value[];
  }): Promise<Value[] | null>;
}
