import type { IndexLag } from '../search/lag-figures.ts';
import type { ReportDoor, ReportVisibility } from '../domain.ts';
import type { DayWork } from './day-work-schema.ts';

/** What somebody says of a day. At least one of the three texts says something. */
export interface ReportInput {
  /** Today in the author's zone unless told; not a day that is still to come. */
  day?: string | undefined;
  did?: string | null | undefined;
  next?: string | null | undefined;
  blockers?: string | null | undefined;
  /** As it was where the day has a report, otherwise private; an assistant may name no other. */
  visibility?: ReportVisibility | undefined;
  /** Through which door it came; `sdk` unless told. */
  via?: ReportDoor | undefined;
}

/** A report as it is shown. */
export interface ReportSummary {
  id: string;
  day: string;
  timeZone: string;
  author: { personId: string; name: string };
  /** Whether whoever looks wrote it. */
  isOwn: boolean;
  did: string | null;
  next: string | null;
  blockers: string | null;
  visibility: ReportVisibility;
  revision: number;
  submittedVia: ReportDoor;
  createdAt: number;
  updatedAt: number;
}

/** What a report said before. */
export interface ReportRevision {
  revision: number;
  did: string | null;
  next: string | null;
  blockers: string | null;
  submittedVia: ReportDoor;
  writtenAt: number;
}

/** A report that was kept, and the work of that day as it is known now. */
export interface SubmittedReport extends ReportSummary {
  /** Whether the day had none before. */
  isNew: boolean;
  /** How many secrets in the text were replaced by `[secret]` before it was kept. */
  maskedSecrets: number;
  work: DayWork;
}

export interface ReportView extends ReportSummary {
  /** What it said before, the latest first; for its author alone. */
  revisions: ReportRevision[];
  /** The work of that day; null where the report is not one's own. */
  work: DayWork | null;
}

export interface ListReportsQuery {
  /** Only one's own, or those of somebody by id. */
  of?: 'me' | { personId: string } | undefined;
  /** First and last day, both inside. */
  fromDay?: string | undefined;
  toDay?: string | undefined;
  visibility?: ReportVisibility | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface ReportPage {
  items: ReportSummary[];
  total: number;
  nextCursor: string | null;
}

/**
 * What the authors of a team shared of some days. Of how many people is not said: less those who
 * shared, who are named, it would be the number of those who did not.
 */
export interface SharedReports {
  fromDay: string;
  toDay: string;
  /** By day, then by name. */
  reports: ReportSummary[];
  /** More were shared than are here. */
  isCut: boolean;
  /** How many people shared something. */
  sharing: number;
}

/** Reports in which words were found. */
export interface ReportSearch {
  items: ReportSummary[];
  hasMore: boolean;
}

/** When somebody wants to be reminded of the report of the day. */
export interface ReminderWish {
  /** `16:30`, in the zone of the person's contact preferences. */
  atTime: string;
  /** 1 is Monday; Monday to Friday unless told. */
  weekdays: number[];
}

/** Reminders, which nobody gets who did not ask for them. */
export interface ReportReminders {
  /** Null where the viewer did not ask. */
  get(): Promise<ReminderWish | null>;
  /** Only people ask, each for themselves. @throws AdjutantError `Permission`, `InvalidInput` */
  ask(wish: { atTime: string; weekdays?: readonly number[] | undefined }): Promise<ReminderWish>;
  stop(): Promise<void>;
}

/**
 * Progress reports: private until their author shares them. Neither role nor a merge of two people
 * lets anybody else read a private one: they belong to whoever was signed in.
 */
export interface Reports {
  /**
   * Keeps what somebody says of a day. A second time for the same day makes a new revision. Every
   * door leads here. @throws AdjutantError `InvalidInput`, `Permission`, and `Conflict` where an
   * assistant's words would make the fifty of a person's go that are kept
   */
  submit(input: ReportInput): Promise<SubmittedReport>;
  /** @throws AdjutantError `NotFound`, `Permission` */
  get(reportId: string): Promise<ReportView>;
  /** One's own report of a day; null where there is none. */
  ofDay(day: string): Promise<ReportView | null>;
  /** The newest day first: one's own, and what colleagues shared. @throws AdjutantError `Permission` */
  list(query?: ListReportsQuery): Promise<ReportPage>;
  /** Changes the texts that are given and leaves the others. @throws AdjutantError `NotFound`, `Permission` */
  edit(
    reportId: string,
    changes: Pick<ReportInput, 'did' | 'next' | 'blockers' | 'via'>,
  ): Promise<SubmittedReport>;
  /** Lets colleagues read what it says now, or no longer. @throws AdjutantError `NotFound`, `Permission` */
  share(reportId: string, visibility?: ReportVisibility): Promise<ReportSummary>;
  /** Removes it, everything it said before, and its search entries. @throws AdjutantError `NotFound`, `Permission` */
  delete(reportId: string): Promise<void>;
  /** What was shared of up to 31 days. @throws AdjutantError `InvalidInput` */
  shared(query: { fromDay: string; toDay: string }): Promise<SharedReports>;
  readonly reminders: ReportReminders;
  /** Finds words in one's own reports and in those that colleagues shared, the best first. */
  search(query: { text: string; limit?: number | undefined }): Promise<ReportSearch>;
  /** How long reports of the last day took until they could be found. */
  indexLag(): Promise<IndexLag>;
}
