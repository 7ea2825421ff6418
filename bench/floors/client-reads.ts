// The least that reading can cost through the database client: one statement, no project code.
import type { Client } from '@libsql/client';

export async function pointRead(client: Client, workspace: string, source: string, key: string) {
  const { rows } = await client.execute({
    sql: 'select * from pull_requests where workspace_id = ? and source = ? and external_id = ?',
    args: [workspace, source, key],
  });
  return rows[0];
}

/** A team's open pull requests with repository and author, and how many there are, as one JSON array. */
export async function teamState(client: Client, workspace: string, limit: number) {
  const { rows } = await client.execute({
    sql: `select json_group_array(json_array(id, repository, number, title, state, opened_at, author)),
            (select count(*) from pull_requests where workspace_id = ?1 and state = 'open')
          from (
            select p.id, r.name as repository, p.number, p.title, p.state, p.opened_at,
              h.display_name as author
            from pull_requests p left join repositories r on r.workspace_id = p.workspace_id
              and r.source = p.source and r.external_id = p.repository_external_id
            left join person_accounts a on a.workspace_id = p.workspace_id
              and a.account_source = p.source
              and a.account_external_id = p.author_account_external_id
            left join people h on h.id = a.person_id
            where p.workspace_id = ?1 and p.state = 'open'
            order by p.opened_at desc limit ?2)`,
    args: [workspace, limit],
  });
  return JSON.parse(rows[0]?.[0] as string) as unknown[];
}
