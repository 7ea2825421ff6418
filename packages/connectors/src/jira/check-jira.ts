import {
  AdjutantError,
  type CheckItem,
  type CheckReport,
  type ConnectorContext,
} from '@adjutant/core';
import { z } from 'zod';
import { printable } from '../commits/text.ts';
import { clockItem, failedItem } from '../http/check-items.ts';
import { jiraVendor } from './jira-vendor.ts';
import type { JiraConfig } from './config.ts';
import { readBoards } from './discovery/read-boards.ts';
import { readProjects } from './discovery/read-projects.ts';
import { type Session, sessionOf } from './discovery/session.ts';
import { readTerms } from './reading/site-terms.ts';
import { startState } from './reading/issues-state.ts';

const viewerSchema = z.object({
  displayName: z.string().nullish(),
  emailAddress: z.string().nullish(),
  accountId: z.string().nullish(),
});
const permissionsSchema = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean().nullish() })).nullish(),
});

/** Reports whether the credential is accepted, what it may read, what is left and how the clocks stand. */
export async function checkJira(context: ConnectorContext<JiraConfig>): Promise<CheckReport> {
  if (context.config.token === undefined) {
    const hint = 'Set JIRA_TOKEN and write "token: ${JIRA_TOKEN}" in the configuration.';
    const message = 'There is no credential for Jira.';
    return { identity: null, items: [{ id: 'credential', ok: false, message, hint }] };
  }
  try {
    const session = sessionOf(context);
    const identity = await whoAmI(session);
    const { host } = session.client.rest.address;
    const items: CheckItem[] = [
      {
        id: 'credential',
        ok: true,
        message: `${host} accepts the credential of ${identity}.`,
        hint: null,
      },
      ...(await projectItems(context, session)),
      await browseItem(session),
      await pointsItem(context),
      clockItem(
        { now: context.clock.now(), serverNow: session.client.rest.serverNow() },
        jiraVendor,
      ),
      experimentalItem,
      ...quotaItems(session),
    ];
    return { identity, items };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return { identity: null, items: [failedItem('credential', error)] };
  }
}

async function whoAmI({ client }: Session): Promise<string> {
  const viewer = await client.ask(
    async ({ getCurrentUser }, jira) => await getCurrentUser(jira),
    viewerSchema,
    'the account of the token',
  );
  const { displayName, emailAddress, accountId } = viewer;
  return printable(displayName ?? emailAddress ?? accountId ?? 'an account without a name', 100);
}

async function projectItems(
  context: ConnectorContext<JiraConfig>,
  session: Session,
): Promise<CheckItem[]> {
  const projects = await readProjects(context);
  const boards = projects.length === 0 ? [] : await readBoards(context);
  return [
    ...projects.map(({ key, name }) => ({
      id: `project:${key}`,
      ok: true,
      message: `${key} (${printable(name, 100)}) is readable.`,
      hint: null,
    })),
    ...session.unseen.map((key) => ({
      id: `project:${key}`,
      ok: false,
      message: `Jira shows no project ${key} to the account of the token.`,
      hint: 'Check the key, and give the account "Browse projects" there.',
    })),
    {
      id: 'boards',
      ok: boards.length > 0,
      optional: true,
      message:
        boards.length > 0
          ? `${boards.length} boards are readable: their sprints are read.`
          : 'No board of these projects is readable: there are no sprints.',
      hint: boards.length > 0 ? null : 'Share the boards with the account, if there are any.',
    },
  ];
}

/** Without it nobody but those who stand in issues is known. */
async function browseItem({ client }: Session): Promise<CheckItem> {
  const { permissions } = await client.ask(
    async ({ getMyPermissions }, jira) =>
      await getMyPermissions(jira, { permissions: 'USER_PICKER' }),
    permissionsSchema,
    'the permissions of the account',
  );
  const ok = permissions?.['USER_PICKER']?.havePermission === true;
  return {
    id: 'permission:users',
    ok,
    optional: true,
    message: ok
      ? 'The account may browse users.'
      : 'The account may not browse users: only those who stand in issues are known.',
    hint: ok ? null : 'Give it the global permission "Browse users and groups".',
  };
}

async function pointsItem(context: ConnectorContext<JiraConfig>): Promise<CheckItem> {
  const { terms } = await readTerms(context, startState);
  const { points } = terms.roles;
  const ok = points.length > 0;
  return {
    id: 'points',
    ok,
    optional: true,
    message: ok
      ? `Estimates are read from ${points.join(', then ')}.`
      : 'No field of this site holds estimates by its kind.',
    hint: ok ? null : 'Name the field in the configuration: pointsField: customfield_10016.',
  };
}

const experimentalItem: CheckItem = {
  id: 'experimental',
  ok: false,
  optional: true,
  message: 'This connector is experimental: no Jira of others has answered it yet.',
  hint: 'Compare a few figures with what Jira itself shows, and report what differs.',
};

/** Jira counts points for apps alone; an API token hears of no quota. */
function quotaItems({ client }: Session): CheckItem[] {
  const left = client.rest.governor.left('requests');
  if (left === null) return [];
  const ok = left.remaining >= left.limit * 0.2;
  return [
    {
      id: 'quota',
      ok,
      message: `${left.remaining} of ${left.limit} points are left this hour.`,
      hint: ok ? null : 'A fifth is kept for actions: sync again when the hour is over.',
    },
  ];
}
