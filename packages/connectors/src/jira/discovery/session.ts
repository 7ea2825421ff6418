import type { ConnectorContext } from '@adjutant/core';
import { createJiraClient, type JiraClient } from '../client/jira-client.ts';
import type { JiraConfig } from '../config.ts';
import type { Board } from './read-boards.ts';
import type { JiraProject } from './read-projects.ts';

/** What the streams of one pass share: the client with its quota, and what was asked for already. */
export interface Session {
  client: JiraClient;
  /** The projects of the configuration that the credential sees; null before they were asked for. */
  projects: readonly JiraProject[] | null;
  /** Keys of the configuration that it does not see. */
  unseen: readonly string[];
  boards: readonly Board[] | null;
  /** The credential may not see boards. */
  boardsDenied: boolean;
}

const sessions = new WeakMap<ConnectorContext<JiraConfig>, Session>();

/** Returns the session of a pass: one context, one client. */
export function sessionOf(context: ConnectorContext<JiraConfig>): Session {
  const present = sessions.get(context);
  if (present !== undefined) return present;
  const session: Session = {
    client: createJiraClient(context),
    projects: null,
    unseen: [],
    boards: null,
    boardsDenied: false,
  };
  sessions.set(context, session);
  return session;
}
