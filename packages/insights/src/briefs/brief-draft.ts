import type { Brief } from './brief.ts';

/** When a brief is made, and of which time where it looks back. */
export interface BriefMoment {
  now: number;
  /** From when on; each kind has its own beginning unless told. */
  from?: number | undefined;
  /** The incident that it is about. */
  incident?: string | undefined;
}

/** A brief before what is common to all is put around it. */
export type BriefDraft = Pick<Brief, 'title' | 'window' | 'sections' | 'notes'>;
