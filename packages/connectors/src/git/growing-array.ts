export interface GrowingInt32Array {
  push(value: number): void;
  at(index: number): number;
  readonly length: number;
}

/** Returns a list of 32-bit integers: an eighth of the memory of an array of objects' fields. */
export function createGrowingInt32Array(): GrowingInt32Array {
  let values = new Int32Array(1_024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] ?? -1,
    get length() {
      return length;
    },
  };
}
