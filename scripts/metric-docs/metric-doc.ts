import type { Timeline } from './timeline.ts';

/** The systems whose definitions were read, at the commits that the index names. */
export type OtherSystem = 'DevLake' | 'Middleware' | 'Four Keys';

export interface Difference {
  system: OtherSystem;
  /** Its number on the worked example, only where it is known. */
  number?: string;
  why: string;
}

/** What our definition makes of one of the worked examples; a test computes it again. */
export interface WorkedNumber {
  example: 'G1' | 'G2' | 'G3';
  value: number;
  shown: string;
  /** Why others come to another number, or have none, in a few words. */
  why: string;
}

/** What a page tells of a metric beyond its definition. */
export interface MetricDoc {
  /** The question that it answers. */
  answers: string;
  formula: string;
  timeline: Timeline;
  edgeCases: readonly string[];
  worked?: WorkedNumber;
  /** Empty where nothing is known of any other system. */
  differsFrom: readonly Difference[];
  canMislead: readonly string[];
  /** What its series is of, where that is no week. */
  series?: 'days';
}

/** Entries by the id of their metric. */
export type MetricDocs = Readonly<Record<string, MetricDoc>>;
