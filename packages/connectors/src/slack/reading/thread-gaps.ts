import type { Batch } from '@adjutant/core';

type Gap = Batch['gaps'][number];

/** Figures of anything else have nothing to do with what is said in a channel. */
const ofThreads = { affectedCount: null, touches: ['chatThread'] };

export const notInChannel: Gap = {
  code: 'not_in_channel',
  message:
    'The bot is no member of this channel, so nothing in it is read: write "/invite" and its name there.',
  ...ofThreads,
};

/** What a pass came upon. */
export interface FoundTrouble {
  /** Messages of no known form. */
  unreadable: number;
  /** Threads whose replies Slack did not show. */
  withoutReplies: number;
  /** The plan of the workspace hides what is older. */
  isHidden: boolean;
  /** The same page came again and again. */
  isBroken: boolean;
}

/** Returns what is not known after a pass. */
export function threadGaps(
  found: FoundTrouble,
  { floor, watchDays }: { floor: number; watchDays: number },
): Gap[] {
  const { unreadable, withoutReplies, isHidden, isBroken } = found;
  const day = new Date(floor).toISOString().slice(0, 10);
  const gaps: (Gap | null)[] = [
    {
      code: 'left_out_by_since',
      message: `Messages before ${day} are not read; set "since" to read them.`,
      ...ofThreads,
    },
    {
      code: 'not_watched_for_ever',
      message: `A message older than ${watchDays} days is not looked at again: later replies, marks and deletion are not seen.`,
      ...ofThreads,
    },
    {
      code: 'done_time_unknown',
      message:
        'Slack does not say when a mark was put on a message: since when it is done is unknown.',
      ...ofThreads,
    },
    unreadable === 0
      ? null
      : {
          code: 'unreadable_messages',
          message: `${unreadable} messages had a form that this version does not know.`,
          ...ofThreads,
          affectedCount: unreadable,
        },
    withoutReplies === 0
      ? null
      : {
          code: 'replies_unknown',
          message: `Of ${withoutReplies} threads Slack did not show the replies; they are asked for again.`,
          ...ofThreads,
          affectedCount: withoutReplies,
        },
    isHidden
      ? {
          code: 'history_hidden',
          message: 'The plan of the workspace hides older messages; what was read before stays.',
          ...ofThreads,
        }
      : null,
    isBroken
      ? {
          code: 'history_goes_in_circles',
          message: 'Slack gave the same page of the history again; older messages were not read.',
          ...ofThreads,
        }
      : null,
  ];
  return gaps.filter((gap) => gap !== null);
}
