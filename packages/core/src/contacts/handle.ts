/** When and whether a person may be nudged by an action. */
export interface ContactWishes {
  /** No action nudges them at all. */
  optedOut: boolean;
  /** Of the hours and days below; UTC where null. */
  timeZone: string | null;
  /** From and to a time of day, over midnight too: `{ from: '20:00', to: '08:00' }`. */
  quietHours: { from: string; to: string } | null;
  /** First and last day away; without a last one, until told otherwise. */
  absence: { fromDay: string; toDay: string | null } | null;
}

/** What people wish about being nudged. Every nudge is held against it at the moment it would go. */
export interface ContactPreferences {
  /** @throws AdjutantError `Permission`, `NotFound` */
  get(personId: string): Promise<ContactWishes>;
  /**
   * Replaces what somebody wishes; what is left out is wished no longer. People say it of themselves,
   * a lead or an administrator of anybody, an assistant of nobody.
   * @throws AdjutantError `Permission`, `NotFound`, `InvalidInput`
   */
  set(personId: string, wishes: Partial<ContactWishes>): Promise<ContactWishes>;
}
