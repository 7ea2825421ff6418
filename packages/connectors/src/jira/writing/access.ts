import type { ActionContext } from '@adjutant/core';
import { createRestAccess, type RestAccess } from '../../writing/rest-access.ts';
import { readAuthorization, siteAddress, writeAuthorization } from '../client/authorization.ts';
import { messageOf } from '../client/message-of.ts';
import type { JiraConfig } from '../config.ts';
import { jiraVendor } from '../jira-vendor.ts';

/** How long Jira may still apply what was sent after the client gave up. */
export const quietPeriodMs = 60_000;

/** The same for what is found by searching, which lags behind by minutes. */
export const searchQuietPeriodMs = 5 * 60_000;

/** Returns the way to Jira for one call of an action; nothing is sent yet. */
export function createAccess(config: JiraConfig, context: ActionContext): RestAccess {
  const write = writeAuthorization(config);
  const read = readAuthorization(config) ?? write ?? (async () => ({}));
  return createRestAccess(context, {
    vendor: jiraVendor,
    address: siteAddress(config),
    authorizeRead: read,
    authorizeWrite: write,
    noWriteCredential:
      'There is no credential for writing to Jira, so nothing was sent. Set JIRA_WRITE_TOKEN, write "writeToken: ${JIRA_WRITE_TOKEN}" below connectors.jira, start the worker again and propose it anew.',
    messageOf,
  });
}
