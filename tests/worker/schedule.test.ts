// How far a run is: what is wanted of it, from its first step or from what opened weights have seen.
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { Schedule } from '../../src/worker/run/schedule.ts';

const config = { ...presets.quick.config, batch: 10, epochs: 2 };
const standing = (course: Schedule, step: number) =>
  course.standing(
    { step, half: false, halfSteps: { generator: step, discriminator: step }, alone: null, seconds: 0 },
    2,
  );

describe('the course of a run', () => {
  it('goes to the end of the last epoch, and as far again when asked', () => {
    const course = new Schedule(config, 105, 0);
    expect(standing(course, 0)).toMatchObject({ totalSteps: 20, stepsPerEpoch: 10, epoch: 1, stepInEpoch: 0 });
    expect(standing(course, 11)).toMatchObject({ epoch: 2, epochs: 2, stepInEpoch: 1, secondsLeft: 4.5 });
    expect(course.isOver(19)).toBe(false);
    expect(course.isOver(20)).toBe(true);
    course.extend(20);
    expect(standing(course, 20)).toMatchObject({ totalSteps: 40, epochs: 4 });
  });

  it('ends opened weights where their run would have ended', () => {
    expect(standing(new Schedule(config, 105, 7), 7)).toMatchObject({ totalSteps: 20, epochs: 2 });
    // In the last of its epochs, too.
    expect(standing(new Schedule(config, 105, 17), 17)).toMatchObject({ totalSteps: 20, epoch: 2, epochs: 2 });
  });

  it('trains opened weights that have seen all of that for as many epochs again, on whatever dataset', () => {
    expect(standing(new Schedule(config, 105, 20), 20)).toMatchObject({ totalSteps: 40, epochs: 4 });
    const course = new Schedule(config, 105, 20);
    // The dataset that comes is a smaller one: three steps an epoch, and step 20 is in the seventh.
    course.setImages(30);
    expect(standing(course, 20)).toMatchObject({ totalSteps: 27, epochs: 9 });
    expect(course.isOver(21)).toBe(false);
  });
});
