// fitIntoScreen: a window is opened where all of it can be seen.
#pragma once

class QWidget;

namespace octetscope {

/// Makes a window no larger than what its screen has free, and moves it there. Nothing happens where it fits.
void fitIntoScreen(QWidget *window);

}  // namespace octetscope
