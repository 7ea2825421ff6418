/** The hours that somebody calls theirs. */
export interface DeclaredHours {
  timeZone: string;
  /** 1 is Monday. */
  weekdays: number[];
  /** `09:00`. Where it is later than `toTime` they go over midnight. */
  fromTime: string;
  toTime: string;
}

/** One's own hours: nobody else reads them, declares them, or is asked for theirs. */
export interface OwnHours {
  get(): Promise<DeclaredHours | null>;
  /** @throws AdjutantError `Permission` for an assistant, `InvalidInput` */
  declare(hours: {
    fromTime: string;
    toTime: string;
    weekdays?: readonly number[] | undefined;
    timeZone?: string | undefined;
  }): Promise<DeclaredHours>;
  withdraw(): Promise<void>;
}

/** A row that waits for somebody; `getWork` knows the id. */
export interface LoadItem {
  id: string;
  key: string;
  title: string;
  repository: string | null;
  since: number | null;
}

/** How many different repositories and items somebody touched on a day. */
export interface LoadDay {
  day: string;
  repositories: number;
  items: number;
}

/** What lies on somebody, for their own eyes. */
export interface OwnLoad {
  personId: string;
  /** The last seven days, today among them. */
  fromDay: string;
  toDay: string;
  /** Open pull requests whose review was asked of them and is still to be given, the oldest first. */
  reviewsAsked: LoadItem[];
  openPullRequests: LoadItem[];
  itemsInProgress: LoadItem[];
  /** Days on which they touched something. */
  days: LoadDay[];
  /** Repositories and items touched on a middle day; null where there was no such day. */
  contextsPerDay: number | null;
  /** Null where no hours are declared or nothing was done. A coding agent's commits are nobody's hours. */
  outOfHours: { share: number; outside: number; total: number } | null;
  gaps: ('author_unmapped' | 'hours_not_declared' | 'truncated')[];
}

export type LoadFigureId =
  | 'reviews_asked'
  | 'open_pull_requests'
  | 'items_in_progress'
  | 'contexts_per_day'
  | 'out_of_hours_share';

/** One figure of a team: a middle value of five people or more, or nothing but why not. */
export interface LoadFigure {
  id: LoadFigureId;
  unit: 'count' | 'share';
  /** The median over people; null where it is not told. */
  value: number | null;
  /** How many people stand behind it; null where it is not told. */
  people: number | null;
  /** Null where it is told. */
  reason: string | null;
}

/** What lies on a team in one week, without anybody in it. */
export interface TeamLoad {
  /** Monday and Sunday of a week that has ended. */
  fromDay: string;
  toDay: string;
  teamId: string | null;
  figures: LoadFigure[];
  caveats: string[];
}

/**
 * Load: one's own, and that of five people or more. There is no third view, and none of mood, stress or
 * engagement.
 */
export interface Load {
  /** @throws AdjutantError `Permission` for the system, which is nobody */
  mine(): Promise<OwnLoad>;
  /**
   * The middle load of a team, or of the workspace, in a week that has ended; the last one unless told.
   * @throws AdjutantError `InvalidInput` for a day of a week that has not
   */
  team(query?: { week?: string | undefined }): Promise<TeamLoad>;
  readonly hours: OwnHours;
}
