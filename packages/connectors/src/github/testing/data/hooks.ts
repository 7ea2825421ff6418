import type { Identifiers } from './identifiers.ts';
import type { TwinRepository } from './records.ts';

export interface TwinHookDelivery {
  id: number;
  /** The same for a delivery and all its repetitions. */
  guid: string;
  event: string;
  deliveredAt: number;
  statusCode: number;
  redelivery: boolean;
}

export interface TwinHook {
  id: number;
  url: string;
  contentType: string;
  insecureSsl: string;
  /** What deliveries are signed with; never given back. */
  secret: string | null;
  events: string[];
  active: boolean;
  createdAt: number;
  updatedAt: number;
  /** Newest first. */
  deliveries: TwinHookDelivery[];
  /** What whoever listens answers when a delivery is repeated. */
  answersRepetition: number;
}

/** Returns the ways in which hooks come to a repository and deliver. */
export function createHookData(identifiers: Identifiers) {
  return {
    addHook(
      repository: TwinRepository,
      hook: Pick<TwinHook, 'url' | 'createdAt'> & Partial<TwinHook>,
    ): TwinHook {
      const added: TwinHook = {
        id: identifiers.next(),
        contentType: 'form',
        insecureSsl: '0',
        secret: null,
        events: ['push'],
        active: true,
        updatedAt: hook.createdAt,
        deliveries: [],
        answersRepetition: 200,
        ...hook,
      };
      repository.hooks.push(added);
      return added;
    },
    addHookDelivery(
      hook: TwinHook,
      delivery: Pick<TwinHookDelivery, 'deliveredAt' | 'statusCode'> & Partial<TwinHookDelivery>,
    ): TwinHookDelivery {
      const id = identifiers.next();
      const added: TwinHookDelivery = {
        id,
        guid: `guid-${id}`,
        event: 'push',
        redelivery: false,
        ...delivery,
      };
      hook.deliveries.unshift(added);
      return added;
    },
    /** Sends a delivery again, as somebody asked. */
    repeatDelivery(hook: TwinHook, { guid, event }: TwinHookDelivery, at: number): void {
      hook.deliveries.unshift({
        id: identifiers.next(),
        guid,
        event,
        deliveredAt: at,
        statusCode: hook.answersRepetition,
        redelivery: true,
      });
    },
  };
}
