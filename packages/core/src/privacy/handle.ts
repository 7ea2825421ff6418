import type { PrivacyThreshold } from './thresholds.ts';
import type { NeverExists } from './never-exists.ts';
import type { RefusalReason } from './refusal.ts';
import type { Granted, InformationClass } from './visibility.ts';

/** A table that holds personal data, for a record of processing. */
export interface DataMapEntry {
  table: string;
  holds: string;
  personal: string;
  fields: string[];
  whose: string;
  origin: string;
  purpose: string;
  retention: { days: number | null; text: string };
  /** What it is when it is shown: whoever sees that class sees it. */
  seenAs: InformationClass;
  /** How many rows there are; null for one to four, which could tell of a single person. */
  rows: number | null;
}

export interface VisibilityEntry {
  class: InformationClass;
  holds: string;
  read: Granted;
  change: Granted | null;
  /** Rows of the tables that are seen as this; null where one of them tells none. */
  rows: number | null;
}

/** A configured or earlier source, and what it was told to read. */
export interface SourceAccess {
  source: string;
  title: string;
  isConfigured: boolean;
  /** Hosts that its connector can contact; null where it is no longer configured. */
  hosts: string[] | null;
  /** Repositories, boards and channels by name, 200 at most. */
  scopes: string[];
  scopesTotal: number;
}

export interface RefusalCount {
  class: InformationClass;
  reason: RefusalReason;
  times: number;
}

/** What is stored, for what, who sees it, and what never exists. It holds no name of a person. */
export interface PrivacyReport {
  workspaceId: string;
  asOf: number;
  thresholds: PrivacyThreshold[];
  visibility: VisibilityEntry[];
  dataMap: DataMapEntry[];
  /** Tables in which nothing is personal. */
  otherTables: { table: string; holds: string; personal: string }[];
  neverExists: readonly NeverExists[];
  sources: SourceAccess[];
  /** Where the store lies on another host; null for a file. */
  storeHost: string | null;
  refusals: RefusalCount[];
}

/** Questions of one kind that one asker was refused. What was asked in particular is kept nowhere. */
export interface RefusedQuestions {
  /** As the ledger names whoever asked. */
  actor: string;
  /** The name of the person who asked, or for whom; null where nobody is known. */
  name: string | null;
  class: InformationClass;
  reason: RefusalReason;
  times: number;
  firstAt: number;
  lastAt: number;
  /** The entry of the ledger. */
  entryId: string;
}

export interface RefusalPage {
  /** Newest first. */
  items: RefusedQuestions[];
  total: number;
  nextCursor: string | null;
}

/** What a workspace keeps of people, and what it did not tell of them. */
export interface Privacy {
  report(): Promise<PrivacyReport>;
  /**
   * Questions about people that were not answered. Members see their own.
   * @throws AdjutantError `Permission` for assistants, `InvalidInput`
   */
  refusals(query?: {
    limit?: number | undefined;
    cursor?: string | undefined;
  }): Promise<RefusalPage>;
}
