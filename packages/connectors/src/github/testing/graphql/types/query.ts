import type { TwinRepository } from '../../data/records.ts';
import { notFound } from '../errors.ts';
import { dateTime, fieldsOf, type TwinContext } from '../field-table.ts';
import { findNode } from '../node-id.ts';

function findRepository(
  { data }: TwinContext,
  owner: string,
  name: string,
  followsRenames: boolean,
): TwinRepository | undefined {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const visible = data.repositories.filter(({ isAccessible }) => isAccessible);
  const asked = `${owner}/${name}`;
  return (
    visible.find((repository) => same(`${repository.owner.login}/${repository.name}`, asked)) ??
    visible.find(({ formerNames }) => followsRenames && formerNames.some((old) => same(old, asked)))
  );
}

function nodeOf(id: string, context: TwinContext) {
  const found = findNode(context.data, id);
  if (found === null) {
    throw notFound(`Could not resolve to a node with the global id of '${id.slice(0, 80)}'`);
  }
  return found;
}

export const queryFields = fieldsOf<unknown>({
  viewer: (_, __, { data }) => data.viewer,
  repository: {
    accepts: ['owner', 'name', 'followRenames'],
    resolve: (_, { owner = '', name = '', followRenames }, context) => {
      const found = findRepository(context, owner, name, followRenames !== false);
      if (found === undefined) {
        const named = `${owner}/${name}`.slice(0, 200);
        throw notFound(`Could not resolve to a Repository with the name '${named}'.`);
      }
      return found;
    },
  },
  organization: {
    accepts: ['login'],
    resolve: (_, { login = '' }, { data }) => {
      const found = data.organizations.find((organization) => organization.login === login);
      if (found === undefined) {
        throw notFound(`Could not resolve to an Organization with the login of '${login}'.`);
      }
      return found;
    },
  },
  user: {
    accepts: ['login'],
    resolve: (_, { login = '' }, { data }) => {
      const found = data.actors.find((actor) => actor.type === 'User' && actor.login === login);
      if (found === undefined) {
        throw notFound(`Could not resolve to a User with the login of '${login}'.`);
      }
      return found;
    },
  },
  node: { accepts: ['id'], resolve: (_, { id = '' }, context) => nodeOf(id, context) },
  nodes: {
    accepts: ['ids'],
    resolve: (_, { ids = [] }, context) =>
      ids.map((id) => {
        try {
          return nodeOf(id, context);
        } catch (error) {
          // One id that names nothing leaves the others alone.
          return error;
        }
      }),
  },
  rateLimit: {
    accepts: ['dryRun'],
    resolve: (_, __, { quota, cost, nodes }) => ({
      ...quota.graphql,
      remaining: quota.graphql.remaining,
      cost,
      nodeCount: nodes,
    }),
  },
});

interface RateLimitSource {
  limit: number;
  used: number;
  remaining: number;
  resetAt: number;
  cost: number;
  nodeCount: number;
}

export const rateLimitFields = fieldsOf<RateLimitSource>({
  limit: ({ limit }) => limit,
  used: ({ used }) => used,
  remaining: ({ remaining }) => remaining,
  resetAt: ({ resetAt }) => dateTime(resetAt),
  cost: ({ cost }) => cost,
  nodeCount: ({ nodeCount }) => nodeCount,
});
