/** What goes wrong with requests of a method, or of any. */
export interface SlackFault {
  method?: string;
  kind:
    | 'rate_limited'
    | 'server_error'
    | 'broken_body'
    | 'dropped'
    | 'lost_answer'
    | 'repeated_cursor'
    | 'redirected';
  /** How many requests it befalls; all of them unless told. */
  times?: number;
  /** How many such requests go well before. */
  after?: number;
  /** What `Retry-After` says; there is none unless told. */
  retryAfter?: string;
  /** Where a redirect leads. */
  location?: string;
}

export interface FaultBook {
  add(fault: SlackFault): void;
  clear(): void;
  /** Returns what befalls this request, counting it. */
  next(method: string): SlackFault | null;
}

export function createFaultBook(): FaultBook {
  let faults: { fault: SlackFault; skip: number; left: number }[] = [];
  return {
    add: (fault) => {
      faults.push({ fault, skip: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      faults = [];
    },
    next(method) {
      for (const entry of faults) {
        const isMeant = entry.fault.method === undefined || entry.fault.method === method;
        if (!isMeant || entry.left === 0) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault;
      }
      return null;
    },
  };
}
