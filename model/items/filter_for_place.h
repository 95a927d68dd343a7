// filterForPlace: what a row of the message list says, as a filter that holds for the messages that say the same.
#pragma once

#include <QString>

namespace octetscope {

class ConnectionDecoder;
class MessageFilter;
struct MessagePlace;

/// Of a field its value, whatever the column; of a message what stands in that column. Empty: no filter could say it.
QString filterForPlace(const ConnectionDecoder &decoder, const MessageFilter &filter, const MessagePlace &place,
                       int column);

}  // namespace octetscope
