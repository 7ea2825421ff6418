/** Why an expression is refused, as the rest of a sentence about it. */
export class CelError extends Error {
  /** Where in the expression. */
  readonly offset: number;
  /** What to write instead; null where the names that there are say enough. */
  readonly hint: string | null;

  constructor(message: string, offset: number, hint: string | null = null) {
    super(message);
    this.name = 'CelError';
    this.offset = offset;
    this.hint = hint;
  }
}
