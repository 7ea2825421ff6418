/** One piece of text and what of it must not leave. */
export interface CorpusCase {
  readonly id: string;
  readonly text: string;
  /** The exact substrings that must not survive; empty where nothing may be touched. */
  readonly findings: readonly CorpusFinding[];
}

/** A substring of a text. What goes over several lines is one finding for each line. */
export interface CorpusFinding {
  readonly kind: 'secret' | 'personal_data';
  readonly value: string;
}
