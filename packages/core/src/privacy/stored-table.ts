import type { RetentionClassId } from '../retention/retention-class-ids.ts';
import { retentionClass } from '../retention/retention-classes.ts';
import type { Tables } from '../store/tables.ts';
import type { InformationClass } from './visibility.ts';

/** Whose data it is. */
export const dataSubjects = {
  everybody_seen: 'everybody whom a source names',
  members: 'members of teams and groups',
  contributors: 'whoever works on what is read',
  users: 'whoever uses Adjutant, or has an assistant use it',
} as const;

/** Where it comes from. */
export const dataOrigins = {
  source: 'the sources that the configuration names',
  configuration: 'the configuration',
  computed: 'computed from other rows',
  use: 'what people and their assistants do here',
  said: 'the person, or a lead for them',
} as const;

/** What it is stored for. */
export const dataPurposes = {
  identity: 'knowing which accounts are one person, and who is in which team',
  work: 'showing pieces of work, who waits for whom, and figures of delivery',
  waiting: 'finding questions that nobody has answered',
  figures: 'figures of delivery',
  ai_figures: 'figures on the use of coding tools, of five people or more',
  tracing: 'tracing a figure back to what its source said, and computing it anew',
  reading: 'reading sources again from where it stopped',
  accountability: 'showing who did what, and that it was not changed afterwards',
  deciding: 'proving who decided about a change outside',
  reporting: 'letting people say what they did, and share it where they wish',
  nudging: 'reaching people no more often, and at no other hours, than they wish',
  erasure: 'keeping people out who were erased',
  drafting: 'keeping what somebody approved to be written down',
} as const;

/** How long it is kept where the configuration says nothing else and nobody deletes anything. */
export const dataRetentions = {
  until_deleted: { days: null, text: 'until deleted' },
  deliveries: {
    days: defaultDays('raw_events'),
    text: `until deleted; what webhooks delivered ${defaultDays('raw_events')} days`,
  },
  reports: {
    days: defaultDays('reports'),
    text: `${defaultDays('reports')} days, then in the archive`,
  },
  contacts: { days: defaultDays('contacts'), text: `${defaultDays('contacts')} days` },
  sign_ins: {
    days: defaultDays('sign_ins'),
    text: `${defaultDays('sign_ins')} days after they are over`,
  },
  finished_work: {
    days: defaultDays('finished_work'),
    text: `${defaultDays('finished_work')} days after they are done`,
  },
  erasable: { days: null, text: 'until erased, entry by entry or of one person' },
} as const;

function defaultDays(id: RetentionClassId): number | null {
  return retentionClass(id).defaultDays;
}

/** Personal data of one table. */
export interface PersonalData<Column extends string = string> {
  /** The columns that hold it. */
  fields: readonly Column[];
  of: keyof typeof dataSubjects;
  origin: keyof typeof dataOrigins;
  purpose: keyof typeof dataPurposes;
  /** What it is when it is shown: the table of visibility says to whom. */
  seenAs: InformationClass;
  retention: keyof typeof dataRetentions;
}

/** What one table holds. */
export interface StoredTable<Column extends string = string> {
  holds: string;
  /** What of it is personal, in words; begins with `none` where nothing is. */
  personal: string;
  /** Null where no column is made to hold personal data. */
  data: PersonalData<Column> | null;
}

/** Every table of the store; one without an entry, or a column that is not there, does not compile. */
export type StoredTables = {
  [Name in keyof Tables]: StoredTable<keyof Tables[Name]['_']['columns'] & string>;
};
