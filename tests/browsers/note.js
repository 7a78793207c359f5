// Runs in the page before all else: notes errors that nobody has caught, and requests that a worker answers twice.
const noted = { errors: [], answeredTwice: [], replies: 0, started: 0 };
window.noted = noted;
addEventListener('error', ({ message }) => noted.errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => noted.errors.push(`unhandled rejection: ${reason}`));

window.Worker = class extends Worker {
  constructor(url, options) {
    super(url, options);
    noted.started += 1;
    const asked = new Map();
    const answered = new Set();
    const post = this.postMessage.bind(this);
    this.postMessage = (message, transfer) => {
      asked.set(message.id, message.name);
      post(message, transfer);
    };
    this.addEventListener('message', ({ data: { kind, id } }) => {
      if (kind !== 'reply') return;
      noted.replies += 1;
      if (answered.has(id)) noted.answeredTwice.push(asked.get(id));
      answered.add(id);
    });
  }
};
