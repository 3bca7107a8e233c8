import type { Cluster } from '../cluster/Cluster.ts';
import { deletePod } from '../controllers/deletePod.ts';
import type { Disturbance } from '../scenario/Scenario.ts';
import type { Instant } from '../units.ts';

/** Does to the cluster what someone outside does to it; what is not there any more is left alone. */
export function disturb(cluster: Cluster, disturbance: Disturbance, now: Instant): void {
  switch (disturbance.kind) {
    case 'deleteNode': {
      const node = cluster.nodes.get(disturbance.node);
      if (node) cluster.removeNode(node);
      return;
    }
    case 'deletePod': {
      const pod = cluster.pods.get(disturbance.pod);
      if (pod) deletePod(cluster, pod, { now, cause: 'Delete' });
      return;
    }
    case 'scale': {
      const workload = cluster.workloads.get(disturbance.workload);
      if (workload && 'replicas' in workload) cluster.updateWorkload({ ...workload, replicas: disturbance.replicas });
      return;
    }
  }
}
