// Where work in the background runs, unless something else is said.
#pragma once

class QThreadPool;

namespace octetscope {

/// A pool of its own: Qt paints large areas in backgroundPool() and waits for that, so that whoever works
/// there for a while keeps the window waiting. Its work ends with the application.
QThreadPool *backgroundPool();

}  // namespace octetscope
