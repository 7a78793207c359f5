// Batch normalisation of [batch, positions, channels]: the moments of each channel, and the normalisation itself. An
// item is one image: its channels are summed 8 at a time, then one at a time. The images' results are merged in their
// order, so that the sums do not depend on the number of threads.
import { leaky } from './gather';
import { ImageMomentsArguments, MergeMomentsArguments, NormaliseArguments } from './layout';
import { multiplyAdd } from './tile';

export function imageMoments(args: usize, item: i32): void {
  const a = changetype<ImageMomentsArguments>(args);
  const row = (<usize>a.channels) << 2;
  const whole = row & ~31;
  const base = <usize>a.x + <usize>(item * a.positions) * row;
  const means = <usize>a.perImage + <usize>(2 * item) * row;
  const squares = means + row;
  const share = <f32>1 / <f32>a.positions;
  for (let at: usize = 0; at < whole; at += 32) {
    let low = f32x4.splat(0);
    let high = low;
    let from = base + at;
    for (let p = 0; p < a.positions; p++) {
      low = f32x4.add(low, v128.load(from));
      high = f32x4.add(high, v128.load(from, 16));
      from += row;
    }
    const lowMean = f32x4.mul(low, f32x4.splat(share));
    const highMean = f32x4.mul(high, f32x4.splat(share));
    v128.store(means + at, lowMean);
    v128.store(means + at, highMean, 16);
    low = f32x4.splat(0);
    high = low;
    from = base + at;
    for (let p = 0; p < a.positions; p++) {
      const lowOff = f32x4.sub(v128.load(from), lowMean);
      const highOff = f32x4.sub(v128.load(from, 16), highMean);
      low = multiplyAdd(lowOff, lowOff, low);
      high = multiplyAdd(highOff, highOff, high);
      from += row;
    }
    v128.store(squares + at, low);
    v128.store(squares + at, high, 16);
  }
  for (let at = whole; at < row; at += 4) {
    let sum: f32 = 0;
    let from = base + at;
    for (let p = 0; p < a.positions; p++) {
      sum += load<f32>(from);
      from += row;
    }
    const mean = sum * share;
    store<f32>(means + at, mean);
    sum = 0;
    from = base + at;
    for (let p = 0; p < a.positions; p++) {
      const off = load<f32>(from) - mean;
      sum += off * off;
      from += row;
    }
    store<f32>(squares + at, sum);
  }
}

/** Squared distances from the common mean (Chan, Golub and LeVeque 1983): no large numbers cancel. */
export function mergeMoments(args: usize): void {
  const a = changetype<MergeMomentsArguments>(args);
  const row = (<usize>a.channels) << 2;
  const next = row << 1;
  for (let at: usize = 0; at < row; at += 4) {
    let sum: f64 = 0;
    let from = <usize>a.perImage + at;
    for (let i = 0; i < a.batch; i++) {
      sum += <f64>load<f32>(from);
      from += next;
    }
    const mean = sum / <f64>a.batch;
    let squares: f64 = 0;
    from = <usize>a.perImage + at;
    for (let i = 0; i < a.batch; i++) {
      const off = <f64>load<f32>(from) - mean;
      squares += <f64>load<f32>(from + row) + <f64>a.positions * off * off;
      from += next;
    }
    store<f32>(<usize>a.mean + at, <f32>mean);
    store<f32>(<usize>a.variance + at, <f32>(squares / (<f64>a.batch * <f64>a.positions)));
  }
}

/** LeakyReLU(γ · (x − mean) / √(variance + ε) + β) */
export function normalise(args: usize, item: i32): void {
  const a = changetype<NormaliseArguments>(args);
  const row = (<usize>a.channels) << 2;
  const whole = row & ~15;
  const start = <usize>(item * a.positions) * row;
  for (let at: usize = 0; at < whole; at += 16) {
    const mean = v128.load(<usize>a.mean + at);
    const deviation = f32x4.sqrt(f32x4.add(v128.load(<usize>a.variance + at), f32x4.splat(a.epsilon)));
    const factor = f32x4.div(v128.load(<usize>a.gamma + at), deviation);
    const beta = v128.load(<usize>a.beta + at);
    let from = <usize>a.x + start + at;
    let to = <usize>a.output + start + at;
    for (let p = 0; p < a.positions; p++) {
      const value = multiplyAdd(f32x4.sub(v128.load(from), mean), factor, beta);
      v128.store(to, leaky(value, value, a.slope));
      from += row;
      to += row;
    }
  }
  for (let at = whole; at < row; at += 4) {
    const mean = load<f32>(<usize>a.mean + at);
    const factor = load<f32>(<usize>a.gamma + at) / sqrt<f32>(load<f32>(<usize>a.variance + at) + a.epsilon);
    const beta = load<f32>(<usize>a.beta + at);
    let from = <usize>a.x + start + at;
    let to = <usize>a.output + start + at;
    for (let p = 0; p < a.positions; p++) {
      const value = (load<f32>(from) - mean) * factor + beta;
      store<f32>(to, value > 0 ? value : value * a.slope);
      from += row;
      to += row;
    }
  }
}
