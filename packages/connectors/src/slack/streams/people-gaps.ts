import type { Batch } from '@adjutant/core';

type Gap = Batch['gaps'][number];

export function listBroken(what: string): Gap {
  return {
    code: 'list_goes_in_circles',
    message: `Slack led the list of ${what} round in a circle: some may be missing until the next pass.`,
    affectedCount: null,
    touches: ['account'],
  };
}

export function listUnreadable(what: string, count: number): Gap {
  return {
    code: 'unreadable_entries',
    message: `${count} ${what} had a form that this version does not know.`,
    affectedCount: count,
    touches: ['account'],
  };
}

export const emailsHidden: Gap = {
  code: 'emails_not_permitted',
  message:
    'Slack shows no e-mail address to this token, so people are not matched by it: it needs users:read.email.',
  affectedCount: null,
  touches: ['account'],
};

export const groupsHidden: Gap = {
  code: 'groups_not_permitted',
  message: 'The token may not read user groups: it needs usergroups:read.',
  affectedCount: null,
  touches: ['account'],
};
