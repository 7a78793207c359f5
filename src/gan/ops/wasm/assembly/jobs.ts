// How a kernel's work is shared between threads: a job is a number of items, and whoever is free takes the next one.
// Which thread computes an item never changes its numbers, so a run is the same however many threads there are.
import { runItem } from './kernels';
import { argumentsAt, closed, Control } from './layout';

const nextAt: usize = offsetof<Control>('next');
const activeAt: usize = offsetof<Control>('active');

/** Looks at a counter before a thread goes to sleep: some tens of microseconds, which is less than waking takes. */
const patience: i32 = 4_000;

function takeItems(control: usize, thread: i32): void {
  const shared = changetype<Control>(control);
  for (;;) {
    const item = atomic.add<i32>(control + nextAt, 1);
    if (item >= shared.items) return;
    // Read only now: whoever comes early holds an item of this job, but may have arrived during the one before.
    const scratch = <usize>shared.scratch + <usize>thread * <usize>shared.scratchBytes;
    runItem(shared.kernel, control + argumentsAt, item, scratch);
  }
}

/**
 * Runs a job on this thread and on as many of the helpers as wake in time; returns when every item is done. Its arguments
 * stand behind the control block.
 */
export function runJob(control: usize, kernel: i32, items: i32, helpers: i32): void {
  const shared = changetype<Control>(control);
  shared.kernel = kernel;
  shared.items = items;
  atomic.store<i32>(control + nextAt, 0);
  if (helpers > 0 && items > 1) {
    atomic.add<i32>(control, 1);
    atomic.notify(control, helpers);
  }
  takeItems(control, 0);
  // Closed before the next job's arguments are written: a helper that comes late finds nothing to take.
  atomic.store<i32>(control + nextAt, closed);
  if (helpers === 0) return;
  let rounds = 0;
  for (;;) {
    const active = atomic.load<i32>(control + activeAt);
    if (active === 0) return;
    if (++rounds > patience && shared.maySleep) atomic.wait<i32>(control + activeAt, active, 1_000_000);
  }
}

/** A helper's whole life: waits for jobs and takes part in them. `thread` counts from 1. */
export function help(control: usize, thread: i32): void {
  let seen = 0;
  for (;;) {
    let rounds = 0;
    while (atomic.load<i32>(control) === seen) {
      if (++rounds > patience) atomic.wait<i32>(control, seen, -1);
    }
    seen = atomic.load<i32>(control);
    // Counted before the first item is asked for: the owner changes nothing while anybody is counted.
    atomic.add<i32>(control + activeAt, 1);
    takeItems(control, thread);
    atomic.sub<i32>(control + activeAt, 1);
    atomic.notify(control + activeAt, 1);
  }
}
