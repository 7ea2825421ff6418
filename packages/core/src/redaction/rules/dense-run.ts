const mostRejected = 8;

/**
 * Counts how many names in one run of characters were looked at in vain. A run that names secret after
 * secret is not worth the time of a careful look at each.
 */
export class DenseRun {
  #end = -1;
  #rejected = 0;

  /** Returns true where enough values that end at this place were rejected. */
  isCrowded(end: number): boolean {
    return this.#end === end && this.#rejected >= mostRejected;
  }

  /** Notes that a value that ends at this place was none. */
  reject(end: number): void {
    this.#rejected = this.#end === end ? this.#rejected + 1 : 1;
    this.#end = end;
  }
}
