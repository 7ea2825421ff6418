import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainRows } from '@adjutant/core';
import {
  accountSchema,
  sprintSchema,
  workItemChangeSchema,
  workItemLinkSchema,
  workItemSchema,
} from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCsv } from '../../testing/__fixtures__/read-csv.ts';
import { type JiraNormaliserPlace, jiraNormalisers } from './normalise.ts';

const recorded = join(import.meta.dirname, '../../../../../../shared/data/devlake/jira/raw');

/** Rows of a recorded table, as Jira answered them, each with what it was asked with. */
function payloadsOf(table: string): { data: Record<string, unknown>; input: string }[] {
  const lines = readCsv(readFileSync(join(recorded, `${table}.csv`), 'utf8'));
  // One table begins with an empty line.
  const [header = [], ...rows] = lines.filter((row) => row.length > 1);
  const at = header.indexOf('data');
  const inputAt = header.indexOf('input');
  return rows.map((row) => ({
    data: z.record(z.string(), z.unknown()).parse(JSON.parse(row[at] ?? '')),
    input: row[inputAt] ?? '',
  }));
}

function dataOf(table: string): Record<string, unknown>[] {
  return payloadsOf(table).map(({ data }) => data);
}

/** Every row is one that the store takes. */
function checkRows(rows: DomainRows): void {
  z.array(accountSchema).parse(rows.accounts ?? []);
  z.array(workItemSchema).parse(rows.workItems ?? []);
  z.array(workItemChangeSchema).parse(rows.workItemChanges ?? []);
  z.array(sprintSchema).parse(rows.sprints ?? []);
}

const fieldsSchema = z.object({
  summary: z.string(),
  created: z.string(),
  issuetype: z.object({ name: z.string(), subtask: z.boolean() }),
  status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }),
});

describe.skipIf(!existsSync(recorded))('recorded payloads beside the repository', () => {
  const place = (): JiraNormaliserPlace => ({
    fields: dataOf('_raw_jira_api_issue_fields'),
    statuses: dataOf('_raw_jira_api_status'),
  });

  it('gives every issue with its status, category, kind and dates', () => {
    const counts: Record<string, number> = {};
    for (const table of [
      '_raw_jira_api_issues',
      '_raw_jira_api_issues_for_due_date',
      '_raw_jira_api_issue_relationships',
      '_raw_jira_external_epics',
    ]) {
      for (const payload of dataOf(table)) {
        const rows = jiraNormalisers.issue(payload, place());
        checkRows(rows);
        const fields = fieldsSchema.parse(payload['fields']);
        const categories: Record<string, string> = {
          new: 'to_do',
          indeterminate: 'in_progress',
          done: 'done',
        };
        expect(rows.workItems).toMatchObject([
          {
            externalId: payload['id'],
            key: payload['key'],
            // A store keeps no U+0000, which one recorded title holds.
            title: fields.summary.replaceAll('\0', '\uFFFD'),
            originalStatus: fields.status.name,
            statusCategory: categories[fields.status.statusCategory.key] ?? null,
            createdAt: Date.parse(fields.created.replace(/(\d{2})$/, ':$1')),
          },
        ]);
        if (fields.issuetype.subtask) expect(rows.workItems?.[0]?.kind).toBe('subtask');
        counts[table] = (counts[table] ?? 0) + 1;
      }
    }
    expect(counts).toEqual({
      _raw_jira_api_issues: 33,
      _raw_jira_api_issues_for_due_date: 1,
      _raw_jira_api_issue_relationships: 22,
      _raw_jira_external_epics: 3,
    });
  });

  it('gives every link once, whichever side tells it', () => {
    const links = new Map<string, string>();
    let told = 0;
    for (const payload of dataOf('_raw_jira_api_issue_relationships')) {
      for (const link of jiraNormalisers.issue(payload, place()).workItemLinks ?? []) {
        links.set(JSON.stringify(workItemLinkSchema.parse(link)), link.kind);
        told += 1;
      }
    }
    expect([...links.values()].toSorted()).toEqual([
      'blocks',
      'blocks',
      'blocks',
      'blocks',
      'duplicates',
      'duplicates',
      'duplicates',
      'relates',
    ]);
    // Some lead to issues that are not among them; clones are four more.
    expect(told).toBe(12);
  });

  it('gives every change of what is kept, and no text of the rest', () => {
    const byIssue = new Map<string, unknown[]>();
    for (const { data, input } of payloadsOf('_raw_jira_api_issue_changelogs')) {
      const { issue_id: id } = z.object({ issue_id: z.number() }).parse(JSON.parse(input));
      byIssue.set(String(id), [...(byIssue.get(String(id)) ?? []), data]);
    }
    const fields: Record<string, number> = {};
    for (const [id, histories] of byIssue) {
      const issue = { id, key: `X-${id}`, fields: {} };
      const rows = jiraNormalisers.issue(issue, place(), { histories });
      checkRows(rows);
      for (const { field, workItemExternalId } of rows.workItemChanges ?? []) {
        expect(workItemExternalId).toBe(id);
        fields[field] = (fields[field] ?? 0) + 1;
      }
    }
    // Links, workflows, descriptions and time estimates are 259 more.
    expect(fields).toEqual({ status: 10, sprint: 12, resolution: 2, priority: 1 });
  });

  it('gives every sprint and every user', () => {
    const sprints = dataOf('_raw_jira_api_sprints').map((payload) => {
      const rows = jiraNormalisers.sprint(payload);
      checkRows(rows);
      return rows.sprints?.length;
    });
    expect(sprints).toEqual(Array.from({ length: 30 }, () => 1));
    for (const payload of dataOf('_raw_jira_api_users')) {
      const rows = jiraNormalisers.account(payload);
      checkRows(rows);
      expect(rows.accounts).toMatchObject([
        { externalId: payload['accountId'], isBot: payload['accountType'] === 'app' },
      ]);
    }
  });

  it('refuses what is no such payload', () => {
    expect(() => jiraNormalisers.issue({ key: 'X-1' }, {})).toThrow('no such payload');
    expect(() => jiraNormalisers.sprint('x')).toThrow('no such payload');
  });
});

it.runIf(!existsSync(recorded))('has no recorded payloads beside the repository: not tried', () => {
  expect(existsSync(recorded)).toBe(false);
});
