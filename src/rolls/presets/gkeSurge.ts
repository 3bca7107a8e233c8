import { minutes } from '../../units.ts';
import { gke } from '../drains/gke.ts';
import type { Preset } from '../Preset.ts';
import { replacingKnobs } from '../replacingKnobs.ts';

/**
 * Google Kubernetes Engine: surge upgrade of a node pool.
 *
 * As many nodes at once as `surge` and `maxUnavailable` add up to, at most 20: a surge makes its new node first, any other place deletes an old
 * one first. Each node is made anew, with a new boot disk. After an hour of drain the rest is killed. The order is not published: it is
 * random here, except that nodes which are not Ready go first. When a node that does not become Ready counts as failed is not published
 * either: an hour is an assumption. Maintenance windows are not modelled.
 * @see Google Kubernetes Engine documentation, "Node upgrade strategies" (surge upgrades)
 */
export const gkeSurge: Preset = {
  name: 'gke-surge',
  describes: 'Google Kubernetes Engine: surge upgrade of a node pool; a new node not Ready after 1h (assumed) has failed',
  maxUnavailable: { min: 0, max: 20, percent: 'refused', percentOf: 'pool', fallback: 0 },
  surge: {
    strategy: 'rollingUpdate',
    nodes: { min: 0, max: 20, percent: 'refused', percentOf: 'pool', fallback: 1 },
    mostAtOnce: 20,
  },
  knobs: {
    ...replacingKnobs,
    drain: gke.plan,
    order: 'random',
    failure: { readyTimeout: minutes(60), then: 'stop', retries: 0 },
  },
};
