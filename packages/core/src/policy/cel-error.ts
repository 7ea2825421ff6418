/** Why an expression is refused, as the rest of a sentence about it. */
export class CelError extends Error {
  /** Where in the expression. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CelError';
    this.offset = offset;
  }
}
