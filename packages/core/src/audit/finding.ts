/** What verification can find. */
export type FindingCode =
  /** The content of an entry is not what its hash was made of. */
  | 'entry_edited'
  /** One or more numbers are missing between entries. */
  | 'entry_removed'
  /** An entry stands where the chain has no place for it. */
  | 'entry_added'
  /** Entries stand at each other's numbers. */
  | 'entries_reordered'
  /** Entries at the end are missing. */
  | 'tail_removed'
  /** The stored end of the chain is not its end. */
  | 'head_differs'
  /** The chain is not the one that an exported checkpoint was made of. */
  | 'checkpoint_differs'
  /** Somebody's first authenticator is not the one that an exported checkpoint names. */
  | 'authenticator_replaced'
  /** A row has no entry that tells the same. */
  | 'row_without_entry'
  /** A row is not what was last written through Adjutant. */
  | 'row_differs'
  /** A seal of rows is not what its hash was made of, or one is missing. */
  | 'seals_differ'
  /** A table, index, view or trigger is not as the migrations made it, or a trigger was added. */
  | 'schema_differs'
  /** An entry tells of a row that is not there, or that says otherwise. */
  | 'entry_without_row'
  /** Personal data of an entry is missing, changed, or back although it was erased. */
  | 'personal_data_differs'
  /** More or fewer entries stand before the chain than there were when it began. */
  | 'unchained_differs';

/** One thing that is wrong with a ledger, in words. */
export interface LedgerFinding {
  code: FindingCode;
  /** The number of the entry in the chain; null where it is about none. */
  seq: number | null;
  entryId: string | null;
  /** The row outside the ledger that it is about: a decision, a grant … */
  subject: string | null;
  message: string;
}

/** Collects findings: the first ones whole, the rest counted, so that a ruined ledger stays readable. */
export interface Findings {
  readonly list: LedgerFinding[];
  readonly total: number;
  add(code: FindingCode, message: string, about?: Partial<LedgerFinding>): void;
  /** True where this entry was already named. */
  hasNamed(seq: number): boolean;
}

const mostKept = 200;

/** Returns an empty collection of findings. */
export function createFindings(): Findings {
  const list: LedgerFinding[] = [];
  const named = new Set<number>();
  let total = 0;
  return {
    list,
    get total() {
      return total;
    },
    add(code, message, { seq = null, entryId = null, subject = null } = {}) {
      total += 1;
      if (seq !== null) named.add(seq);
      if (list.length < mostKept) list.push({ code, seq, entryId, subject, message });
    },
    hasNamed: (seq) => named.has(seq),
  };
}
