import type { MetricUnit } from '../domain.ts';
import type { AnswerMeta } from '../workspace/handle.ts';

/** What a weekly value is of. The key of the workspace is empty. */
export interface RollupScope {
  kind: 'workspace' | 'team' | 'service' | 'repository';
  /** A team's id, a service's key, a repository's external id. */
  key: string;
}

/** Whose weeks are asked for. */
export interface RollupQuery {
  metricId: string;
  /**
   * A team by id, key or name, a repository by name or id, a service by key. The whole workspace
   * unless told; of a handle made for a team, that team.
   */
  scope?: { kind: RollupScope['kind']; key?: string | undefined } | undefined;
  /** Weeks that begin at or after this instant; twelve weeks unless told. */
  from?: number | undefined;
  /** Weeks that end at or before this instant; now unless told. */
  to?: number | undefined;
}

/** One stored value of a week. */
export interface RollupFigure {
  /** Null where unknown, never 0 for it. */
  value: number | null;
  sampleSize: number;
  p50: number | null;
  p75: number | null;
  p90: number | null;
  unit: MetricUnit;
  /** How often late data changed it after it had been computed. */
  revision: number;
  /** When that last happened; null where it never did. */
  correctedAt: number | null;
  /** What stood here before. */
  previousValue: number | null;
}

/** A week, from its Monday on, in the workspace's time zone. */
export interface RollupWeek extends RollupFigure {
  start: number;
  end: number;
  /** When this value was first computed; null where nothing is stored: it is unknown. */
  computedAt: number | null;
  /** The parts that had anything to say. */
  parts: (RollupFigure & { id: string })[];
}

export interface RollupAnswer {
  metricId: string;
  title: string;
  unit: MetricUnit;
  definitionVersion: number;
  scope: RollupScope;
  /** The zone whose weeks these are. */
  timeZone: string;
  /** Every full week that was asked for, oldest first. */
  weeks: RollupWeek[];
  /** Codes of the gaps that touch these figures. */
  gaps: string[];
  meta: AnswerMeta;
}

/** Weekly values, computed after each pass: what a dashboard draws without computing anything. */
export interface Rollups {
  /**
   * Returns stored weeks of one metric in one scope. A handle made for a team sees that team and its
   * repositories. @throws AdjutantError `InvalidInput` for a metric without weekly values, `NotFound`
   */
  read(query: RollupQuery): Promise<RollupAnswer>;
}

/** What a pass of computing did. */
export interface RollupPass {
  /** Distinct weeks of which any value was computed. */
  weeks: number;
  /** Values computed, each of one metric, scope and week. */
  figures: number;
  /** Of them and their parts, those that are new or differ from what stood there. */
  changed: number;
}
