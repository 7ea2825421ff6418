import type { Forecast, Window } from '../domain.ts';
import type { AnswerMeta } from './handle.ts';

export interface ForecastQuery {
  /** How many pull requests are to be merged: asks when. */
  items?: number | undefined;
  /** Asks how many will be merged in the full UTC days before this instant. */
  until?: number | undefined;
  repository?: string | undefined;
  /** What to draw from: the last 90 full days unless told. */
  history?: Window | undefined;
  /** Another one draws other runs of the same history. */
  seed?: number | undefined;
}

export interface ForecastAnswer extends Forecast {
  /** Codes of the gaps that touch it. */
  gaps: string[];
  meta: AnswerMeta;
}
