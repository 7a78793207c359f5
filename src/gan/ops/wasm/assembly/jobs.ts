// Shares a kernel's work between threads: a job is a number of items, and each free thread takes the next one. An
// item's numbers do not depend on the thread, so a run's numbers do not depend on how many threads there are.
import { runItem } from './kernels';
import { argumentsAt, closed, Control } from './layout';

const nextAt: usize = offsetof<Control>('next');
const activeAt: usize = offsetof<Control>('active');

/** Checks of a counter before a thread sleeps: some tens of microseconds, less than waking takes. */
const patience: i32 = 4_000;

function takeItems(control: usize, thread: i32): void {
  const shared = changetype<Control>(control);
  for (;;) {
    const item = atomic.add<i32>(control + nextAt, 1);
    if (item >= shared.items) return;
    // Read only now: a thread may arrive during the job before and still take an item of this one.
    const scratch = <usize>shared.scratch + <usize>thread * <usize>shared.scratchBytes;
    runItem(shared.kernel, control + argumentsAt, item, scratch);
  }
}

/**
 * Runs a job on this thread and on as many of the helpers as wake in time; returns when every item is done. The job's
 * arguments follow the control block.
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
  // Closed before the next job's arguments are written: a late helper finds nothing to take.
  atomic.store<i32>(control + nextAt, closed);
  if (helpers === 0) return;
  let rounds = 0;
  for (;;) {
    const active = atomic.load<i32>(control + activeAt);
    if (active === 0) return;
    if (++rounds > patience && shared.maySleep) atomic.wait<i32>(control + activeAt, active, 1_000_000);
  }
}

/** A helper's loop: waits for jobs and takes part in them, for ever. `thread` counts from 1. */
export function help(control: usize, thread: i32): void {
  let seen = 0;
  for (;;) {
    let rounds = 0;
    while (atomic.load<i32>(control) === seen) {
      if (++rounds > patience) atomic.wait<i32>(control, seen, -1);
    }
    seen = atomic.load<i32>(control);
    // Counted before it takes its first item: the owner changes nothing while a helper is counted.
    atomic.add<i32>(control + activeAt, 1);
    takeItems(control, thread);
    atomic.sub<i32>(control + activeAt, 1);
    atomic.notify(control + activeAt, 1);
  }
}
