/** What is true of a planted subject, as somebody who leads the teams would put it. */
export interface Label {
  rule: string;
  /** How the product names the subject; known once it is planted. `…*` stands for all that begin so. */
  key: string;
  kind: /** It is so, and has to be found. */
    | 'firing'
    /** It looks alike and is none: nothing may be found. */
    | 'lookAlike'
    /** People would differ over it: neither right nor wrong. */
    | 'either';
  /** What was planted, for whoever reads the report. */
  what: string;
  /** From when on it may be found. @unit epoch milliseconds */
  mayFrom: number;
  /** By when it has to be found; the next reading after it still counts. */
  mustBy: number;
  /** Until when it may be open. */
  until: number;
}

export type Expected = Omit<Label, 'key' | 'kind' | 'rule'>;
