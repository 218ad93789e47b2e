//! Reads files on threads that can be given up, so that none can hang the program or overflow its
//! stack.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use memchr::memmem;

use super::SourceError;
use crate::manifest::Limits;

/// Stack for everything but what [`stack_for`] adds.
const STACK: usize = 16 << 20;

/// Stack for each stream, measured at 3.2 KB.
const STACK_OF_STREAM: usize = 5 << 10;

enum Message<T> {
    Alive,
    Done(T),
}

/// Tells the watcher that the work goes on; the clock starts again.
pub(crate) type Pulse<'a> = &'a (dyn Fn() + Sync);

/// Does some work on a thread of its own, and gives up when it neither ends nor shows a sign of life
/// for as long as the limits allow.
///
/// A thread cannot be stopped from outside. One that is given up goes on, with its memory, until it
/// ends or the program does; as the program ends without waiting for it, it delays nothing.
///
/// The caller is often one of rayon's threads and waits idly here. So the work must not hand anything
/// to rayon's own pool: with all of its threads waiting, nobody would be left to do it.
pub(crate) fn watched<T: Send + 'static>(
    limits: &Limits,
    stack: usize,
    work: impl FnOnce(Pulse<'_>) -> Result<T, SourceError> + Send + 'static,
) -> Result<T, SourceError> {
    let (sender, receiver) = channel();
    let thread = thread::Builder::new().name("source".to_owned()).stack_size(stack);
    // Nobody listens any more once the work has been given up.
    let run = move || {
        let pulse = || drop(sender.send(Message::Alive));
        let result = work(&pulse);
        drop(sender.send(Message::Done(result)));
    };
    thread.spawn(run).map_err(SourceError::Io)?;
    loop {
        match receiver.recv_timeout(Duration::from_secs(limits.seconds.into())) {
            Ok(Message::Done(result)) => return result,
            Ok(Message::Alive) => {}
            Err(RecvTimeoutError::Timeout) => return Err(SourceError::TooSlow(limits.seconds)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(SourceError::Unsupported("something in it stops the reader"));
            }
        }
    }
}

/// The stack that is enough to read some bytes, whatever they are.
///
/// lopdf limits how deep values stand within each other, but not how many streams leave their length
/// to another stream, which leaves its own to a third: each is one more call on the stack. So there
/// must be room for all of them. It is only set aside; what is not used costs nothing.
pub(crate) fn stack_for(bytes: &[u8]) -> usize {
    let streams = memmem::find_iter(bytes, b"stream")
        .filter(|at| !bytes.get(..*at).is_some_and(|before| before.ends_with(b"end")))
        .count();
    STACK.saturating_add(streams.saturating_mul(STACK_OF_STREAM))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(seconds: u32) -> Limits {
        Limits { seconds, ..Limits::default() }
    }

    #[test]
    fn work_that_does_not_end_is_given_up() {
        let hang = |_: Pulse<'_>| -> Result<(), SourceError> {
            loop {
                thread::sleep(Duration::from_secs(60));
            }
        };
        let error = watched(&limits(1), STACK, hang).unwrap_err();
        assert_eq!(error.to_string(), "took too long: given up after 1 s");
    }

    #[test]
    fn work_that_shows_signs_of_life_may_take_longer() {
        let slow = |pulse: Pulse<'_>| {
            for _ in 0..3 {
                thread::sleep(Duration::from_millis(600));
                pulse();
            }
            Ok(7)
        };
        assert_eq!(watched(&limits(1), STACK, slow).unwrap(), 7);
    }

    #[test]
    fn there_is_room_for_every_stream() {
        assert_eq!(stack_for(b"stream x endstream stream"), STACK + 2 * STACK_OF_STREAM);
    }
}
