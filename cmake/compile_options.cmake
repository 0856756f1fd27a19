# Warnings and sanitizers for our own targets; third-party headers come in as SYSTEM and stay quiet.
add_library(rkt_options INTERFACE)
target_compile_options(rkt_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # False alarms on std::string concatenation in g++ 12: https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105329
  target_compile_options(rkt_options INTERFACE -Wno-restrict)
endif()
if(RKT_WERROR)
  target_compile_options(rkt_options INTERFACE -Werror)
endif()
if(RKT_SANITIZE)
  # OpenVINO is built without run-time type sanitizing, so vptr would report every object that comes from it.
  target_compile_options(rkt_options INTERFACE -fsanitize=${RKT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(rkt_options INTERFACE -fsanitize=${RKT_SANITIZE})
  if(RKT_SANITIZE MATCHES "undefined")
    target_compile_options(rkt_options INTERFACE -fno-sanitize=vptr -fno-sanitize-recover=undefined)
  endif()
endif()

# rkt_part(NAME SOURCES… DEPENDS …): one part of the pipeline, one target. Directions: tests/house/check_tree.py.
function(rkt_part name)
  cmake_parse_arguments(PART "" "" "SOURCES;DEPENDS;USES" ${ARGN})
  add_library(rkt_${name} STATIC ${PART_SOURCES})
  target_include_directories(rkt_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM PART_DEPENDS PREPEND rkt_)
  target_link_libraries(rkt_${name} PUBLIC ${PART_DEPENDS} PRIVATE ${PART_USES} $<BUILD_INTERFACE:rkt_options>)
endfunction()
